"""Words about names, written for this project: given names of many origins, and words that are none.

A given name only makes a weak cue stronger; a name behind a strong cue ("my name is") needs to be in no list, so that
names of every origin are found alike.
"""

from __future__ import annotations

# Names that are also everyday words, months or places (Will, May, Sydney) are left out on purpose.
GIVEN = frozenset(
    """
    aaliyah aaron abby abdul abdullah abdulrahman abebe abeni abhishek abigail abimbola abuk ada adaeze adam
    adama ade adebayo adele adeline adil aditi aditya adnan adrian adriana adrienne agata agnes agnieszka
    ahmad ahmed aida aidan aiden aiko aimee aisha aishwarya aisling ajay akash akiko akira akosua alain alan
    alana alannah alasdair alastair albert alberto alec alejandra alejandro aleksandar aleksandra alessandra
    alessandro alessia alex alexander alexandra alexandre alexandros alexei alexis alfie alfonso alfred
    alfredo ali alice alicia alina alisa alisha alison alistair aliya allan allison alma alonso alvaro alyssa
    amal amanda amara amelia amelie amina aminata amir amira amit amita amy ana anahera anan anastasia
    anastasios anaïs anders andre andrea andreas andreea andrei andrej andrew andrzej andy aneta angela
    angelica angelina angelo angie angus anh anil anish anita anja anjali ankit anna annabel annabelle anneke
    annette annie annika anouk ansh anthea anthony antoine anton antonella antonia antonio antonis anwar aoife
    apinya apirana arash archie ari ariana arianna ariel arjun arman armando arnav arnold aroha arthur arturo
    arun aruna arvid arya asha asher ashish ashley ashok ashraf asif asma assunta astrid athanasios athena
    atsuko audrey aurelia aurora ava avani avery aya ayaan ayesha ayman ayodele ayse aziz azra babak bahar bao
    barbara bart bashir beatrice beatriz behrouz belinda ben benedict benjamin bernadette bernard bernice bert
    bethany bettina betty beverley bhavesh bhavna bianca bilal binh birgit bjorn blanca blessing bob bogdan
    boris brad bradley branka brenda brendan brenton brett brian brianna bridget brigitte britney brittany
    brody bronte bronwyn bruce bruna bruno bryan bryce caitlin caleb callum calvin cameron camila camilla
    camille caoimhe carl carla carlo carlos carmel carmela carmen carol carole carolina caroline carolyn
    carrie carsten casey cassandra cassie catalina catarina caterina catherine cathy catriona cecilia cedric
    celeste celia celine cemal chad chandra charan charles charlie charmaine chen cheng cheryl chiamaka chiara
    chidi chika chinedu chinonso chloe chong chris christa christelle christiaan christina christine
    christophe christopher christos chukwuemeka chun ciara cillian cindy claire clara claude claudia claudio
    clement clementine cleo clive cody colette colin colleen conchita connie connor conor constantin cora
    corey cormac cornelia craig cristian cristiana cristina curtis cynthia daisuke damian damien damir damon
    dan dana dani daniel daniela daniele daniella danielle danijela danilo danny dao daphne daria dariusz
    darko darlene darragh darrell darren darryl daryl dave david davide dawid dawit dean deanna deb debbie
    deborah declan deepa deepak deepika deirdre delia delphine demetrius deng denis denise deniz dennis derek
    derrick desmond devika devon dexter diana diane diego dieter dilip dilnoza dimitri dimitrios dimitris
    dinesh dinh divya dmitri dmitry dolores domenico dominic dominik dominique don donal donald donatella
    donna doreen doris dorota dorothy doug douglas dragan duc duncan dusan dustin dwayne dylan eamon eddie
    eden edgar edith edna edoardo eduardo edward edwin edwina efua eileen eilidh eimear ekaterina elaine
    eleanor eleanora elena eleni eli elias elif elijah elin elio elisa elisabeth elise eliza elizabeth ella
    ellen ellie elliot elliott elodie eloise elsa elsie elspeth elvira emanuele emeka emil emile emilia
    emiliano emilie emilio emily emma emmanuel emre enrique enzo eoin erica erik erika erin ernesto ernst esme
    esperanza esteban estelle esther ethan eugene eunice eva evan evangelia evelyn ewa ewan ezekiel ezra
    fabian fabio fabrizio faisal farah farhad farid farida farrukh faruk farzaneh fatima fatimah fatma fatou
    federica federico felicity felipe felix femi fenella feng fernanda fernando filip filippo finlay finn
    fiona fionnuala florence florian folake francesca francesco francine francis francisco franco francois
    franz fred freddie frederick frederik fredrik freya frida friedrich fumiko gabor gabriel gabriela
    gabriella gabrielle gaia gareth garrett gary gaurav gavin geeta gemma gene geoff geoffrey george georgie
    georgina georgios gerald geraldine gerard gerardo gertrude giacomo gianluca gianni gilbert gillian gina
    ginevra giorgia giorgio giorgos giovanna giovanni girish gita giulia giuliana giulio giuseppe gladys glen
    glenda glenn gloria godfrey goran gordon graeme graham grainne greg gregor gregory greta grzegorz
    guadalupe guillaume guillermo gulsen gunnar gunther gurpreet gustav gustavo gwen hamid hamish hamza hana
    hanan hanna hannah hannes hans hao harald hareem hari haris harish harold harpreet harriet harrison harry
    haruki haruto harvey hasan hassan hayden hayley hazel heba hector hedda heidi heike heinrich helen helena
    helene helga hemi hendrik henri henrietta henrik henrique henry herman hilary hilda hina hinemoa hiroko
    hiroshi hoa hoang holger honora horst howard huan huda hugh hugo hui humberto hung huong husain hussein
    huy hyun ian ibrahim ibtisam ichiro ida ifeoma ignacio igor ikram ilaria ilse iman imani imelda imogen
    imran ina indira ines inge ingrid inna inés ioana ioanna ioannis irene irina iris irma isaac isabel
    isabella isabelle isha ishaan isla ismail isobel istvan ivan ivana ivo iwona izabela jaakko jacek jacinda
    jacinta jackie jaclyn jacob jacqueline jacques jagdeep jaime jake jakob jakub jalal jamal james jamie
    jamila jana jane janelle janet janice janina janine janusz jared jarrah jarrod jasmin jasmine jason jasper
    jaspreet javad javier jaya jayden jayne jean jeanette jedda jeff jeffrey jelena jemima jen jenna jennifer
    jenny jens jerome jerry jess jesse jessica jette jia jian jill jillian jim jimena jimmy jin jing jiri jo
    joan joana joanna joanne joao joaquin jodie joe joel joey johan johann johanna johannes john johnny jon
    jonas jonathan joost jordi jorge jose josef joseph josephine josh joshua josie joyce jozef juan juanita
    judith judy julia julian juliana julie julien juliet julio julius jun jung justin justine justyna jürgen
    kaia kaitlyn kamal kamala kamila kane kang karen karim karin karina karl karolina kasia katarina katarzyna
    kate katelyn katerina katherine kathleen kathryn kathy katia katie katja katrin katrina katya kaveh kavita
    kay kayla kazuki keiko keira keith kelechi kellie kelly kelsey kelvin kemal ken kendra kenji kenneth kenta
    kerrie kerry kevin khadija khadijah khaled khalid khanh khoa kiara kieran kiki kim kimberley kimberly
    kiran kiri kirra kirsten kirsty kiyoshi klaus kofi koichi konstantin konstantinos kostas kris krishna
    kristen kristian kristin kristina krystyna krzysztof kumar kurt kwabena kwame kyle kylie kylo kyra lachlan
    laila lakshmi lan lana lara larissa lars laszlo laura lauren laurent lawrence leah leanne lech lee leena
    leigh leila leilani lena leo leon leona leonard leonardo leonie leonora leroy lesley leslie leticia leyla
    li liam lien lijuan lila lilian liliana lillian lina lincoln linda ling linh linnea lisa liv livia liz
    lizzie ljubica logan lois lola lorenzo loretta lorna lorraine lottie lou louis louisa louise luan luc luca
    lucas lucia luciano lucie lucille lucinda lucy ludmila luigi luis luisa lukas lukasz luke lulu luz lydia
    lyn lynda lynette lynn lynne maddie madeleine madeline madhu madhuri magda magdalena maggie magnus mahmoud
    mai maia maike makoto malak malcolm malgorzata malia malik mandeep mandy manfred manish manoj manon
    manpreet manuel manuela mara marc marcela marcelo marcia marcin marco marcos marcus marek margaret
    margarita margherita margot margrit marguerite mari maria mariah mariam mariana marianne marie marieke
    mariella marija marika marilyn marina mario marion marisa marisol marissa marjorie marko marlene marlo
    marta martha martin martina marwa marwan mary maryam masako masha massimo mateja mateo mateusz mathew
    mathieu mathilde matilda matt matteo matthew matthias mattias maureen maurice mauricio maya meera megan
    mehdi mehmet mei melanie mele melina melinda melissa mengistu mercy meredith mia micah michael michal
    michel michela michele michelle mick miguel mihai mika mike mikhail mila milena milica millie milos minh
    mira miranda mirela miriam mirjana miroslav misaki mitch mitchell mitra mo mohamad mohamed mohammad
    mohammed mohan mohit moira mona monica monika monique morgan moses muhammad mukesh mustafa myra na'ama
    nabil nadezhda nadia nadine naeem nagesh nailah naledi nam nan nancy nandini naoko naomi naresh narges
    nasim nasir nasrin natalia natalie nataliya natasha nate nathalie nathan nathaniel naveen nazanin neda
    neha neil nelson nerida nga ngaire ngoc ngozi nguyen nia niall niamh nicholas nick nicki nicola nicolas
    nicole niels nigel nikhil niki nikita niko nikolai nikolaos nikos nils nina ning nisha nita noah noel
    noelle noor nora norah noriko norma norman nour nuno nurul obinna octavia odile oksana olawale ole olena
    olga oliver olivera olivia olivier oluwaseun omar ondrej orla oscar oskar osman otis otto owen ozan pablo
    paddy padma paige pamela panagiotis paola paolo parisa parvati pascal patrice patricia patrick patrizia
    patryk paul paula paulette pauline paulo pavel pawel pedro peggy pei penelope penny percy peter petr petra
    petros phil philip philippa philippe phillip phoebe phong phuong pierre pieter pilar ping piotr polly
    pooja prabhu pradeep prakash pranav prashant pratik praveen preeti priscilla priti priya priyanka puja
    qiang quan quang quentin quinn rachael rachel rada radek rafael rafiq raghav rahim rahul raj raja rajan
    rajesh rajiv rakesh ralph raman ramesh rami ramiro ramon rana randa rani ranjit raphael raquel rashad
    rashid raul ravi raymond razia rebecca reese reggie regina reid reiko reinhard remi renata renee renuka
    reza rhiannon rhonda rhys ricardo riccardo richard rick ricky rina rita rob robbie robert roberta roberto
    robin rochelle roderick rodney rodrigo roger rohan rohit roisin roland rolf roman romina ron ronald ronan
    roni rory rosa rosalie rosalind rosanna roseanne rosemary roshan ross rowan roxanne roy ruben rubina
    rudolf rukmini rupert russell ruth ryan ryota sabina sabine sabrina sachin sadia saeed safiya saida saif
    saira sakshi sakura salim sally salma salvatore sam samantha sameer sami samina samir samuel sana sandeep
    sander sandra sangeeta sani sanjay sanjeev santiago saoirse sara sarah sarita sasha satoshi saul savita
    scott sean sebastian sebastiano selim selina selma serena serge sergei sergio seth shabnam shae shahid
    shan shane shanelle shania shannon shanti sharif sharnie sharon shaun shauna shazza sheila shelley sheng
    sherry shirin shirley shiv shreya shrikant shu shweta siddharth sidra siegfried sienna sigrid silvia simon
    simona simone sina sinead siobhan siti slavica slobodan sofia sofie sofija solomon sonia sonja sonya
    sophia sophie soraya spiros stacey stan stanislav stavros stefan stefania stefano steffen stella sten
    stephan stephanie stephen steve steven stewart stuart subhash sudha suhana sujata sukhdeep sukhwinder
    sumit sunil sunita suresh surya susan susana susanna susanne sushma susie suzanne suzette sven svetlana
    swati sybil syed sylvia sylvie tadashi tadeusz tahlia takashi talia talitha tamar tamara tamika tamsin tan
    tania tanja tanvi tanya tara tariq taro tarun tasha tasneem tatiana tatjana taylor ted tegan tendai teresa
    terrence terry tess tessa teuila thabo thandiwe thanh thea theo theodora theodore theresa therese thi
    thiago thomas thorsten thu thuy tiago tiana tiffany tilda tim timo timothy tina ting tipene tobias toby
    todd tolga tom tomasz tommy tomoko toni tony tonya tori torsten tova tracey traci tracy tran trang travis
    trent trevor trinh trisha tristan trudy tuan tui tuncay tyler tyrone ulrich ulrike uma umar ursula usha
    usman vaishali valentina valeria valerie valerio vanessa vasiliki vasilis veena vera veronica veronika
    vesna vicente vicki vicky victor vijay vikas vikki vikram vimala vince vincent vincenzo vinod viola
    violeta virgil vishal vittorio viv vivek vivian vivienne vlad vladimir vladislav vusi wahid wairimu waleed
    walter wanda wayne wei wen wendy werner wesley wilfred wilhelm willem william wilma winifred winnie
    winsome winston wiremu wojciech wolfgang xavier xia xiang xin xing xiu xu xuan yael yan yana yanis yannick
    yara yash yasin yasmin yasmine yasuko yevgenia yi yiannis ying yoko yolanda yong yoshiko youssef yuan yuki
    yuko yuliya yun yusuf yvette yvonne zac zach zachary zafar zahra zainab zak zara zdenka zeinab zeynep
    zhang zhen zhi zoe zoltan zora zsofia zubair zuzana
    """.split()
)

GIVEN_TERMS = GIVEN | {f"{name}'s" for name in GIVEN}
"""Given names as tokens write them: also as possessives."""

# Capitalised words that stand where names stand and are none: greetings, roles, places, brands, feelings, days.
NOT_NAMES = frozenset(
    """
    a able about above absolutely access account account's accountant accounts actually address adelaide admin
    admin's advice adviser advisor africa african after afternoon again against agent agents ago ah ahead air
    airbnb aircraft airline airlines airport airways aldi alert all alone already alright also although always
    am amazing amazon america american americans amex an and angry annoyed another answer any anybody anymore
    anyone anything anyway anywhere apart apologies app apparently apple applicant are area argos arrived as
    asap asda asia asian ask asking asos assistant associate asst at atlanta atleast att attendant attention
    auckland aussie austin australia australian australians austrian autumn aw awaiting aware away awesome awful
    back bad ballarat bank banking based be beautiful because been before behind being belgian below bendigo
    best bestbuy better between big bigw bill billing billing's birthday boarding book booked booking booth
    boss boston bot both bottom box boxes bp brand brazilian brilliant bring brisbane britain british broke
    broken bt bunnings bupa bus business but buy buyer by bye cairns california call called caller calling can
    can't canada canadian canberra cancel cancelled cannot captain car card care case cash centrelink ceo
    certain cfo chair champion chance change charged chase chat chatbot check checked chicago chief china
    chinese christian christmas chrome city class clearly click client close closed co code coles colleague
    comcast come comes coming comment company complaint complaints concierge confused consultant consumer
    contact cool coordinator copy correct cost costco could couldn't courier cover crew cto currently customer
    customers dad daily dallas damaged danish darwin daughter day days dear dearest december deeply definitely
    delayed delhi delighted delivered delivery delta denver department desk desperate detail details dev
    devastated dhl did didn't different digital direct director disappointed disappointing disconnected
    disgusted disgusting disney do doctor doctors does doesn't doing dominos don't done door down driver dubai
    dude due during dutch dyson each early easy easyjet ebay either electrician else email emailed emirates
    employee empty end engineer england english enjoy enough enquiries enquiry escalation especially etihad
    etsy europe european even evening ever every everybody everyone everything everywhere exactly excellent
    except excited exec executive expected expedia experience express extra extremely facebook fair family
    fantastic far fast father fb february fedex feedback feel feeling fellow few finally finance fine finnish
    first fitbit flight florida flying folks following for forever form former founder france free french
    frequent friday friend friend's friends from front fuck fucking full fully furious further future gang
    gate gatwick geelong general gentlemen genuinely german germany get getting girl girls giving glad gmail
    go going gold gone gonna good google got grandma grandson grateful great greek greetings guess guest
    guests guy guys had hadn't half happy hard has hasn't have haven't having he he's head headed heathrow
    hello help helpdesk her here here's hers hey hi high highly him hindu his hmm hobart holiday holidays home
    honestly honoured hope hopefully hoping hotel house houston how howdy however hp hr http https huge hulu
    husband i i'd i'll i'm i've iberia if ikea imac immediately impressed in incredibly indeed india indian
    indonesian info information inquiry inside instacart instagram instead insurance intern international
    internet into invoice ios ipad iphone ireland irish is isn't israeli it it's italian italy its itself
    itunes january japan japanese jetblue jetstar jewish jfk job july june just keep kind kindly kmart korean
    kudos kyneton labour ladies lady last late lately later latino lawyer lax lead leader least leave lebanese
    left less let let's level librarian like line linkedin literally little live lmao log logged lol london
    long longer look looking lost lot lots love loved lovely low loyal luck lucky lufthansa luggage lyft ma'am
    maam mac macbook mad madam made mail mailbox major make making malaysia malaysian mama man manage
    management manager manchester many maori march married mastercard mate mates may maybe me mean meant media
    medibank medical melbourne member members men merry message messages mexican mgr miami microsoft mind mine
    miss missed missing mister mobile moderator mom mon monday money month months more morning most mother
    motors mr mrs ms much mum mumbai music muslim must my myer myself name named national nbn nearly need
    nephew netflix never new newcastle news next nice niece nigerian night nike nintendo no nobody none noon
    nor normally norwegian not nothing november now nsw number numbers nurse nyc o2 obviously october of off
    offer office officeworks official oh ok okay old omg on once one online only open operations operator
    optus or orange order order's ordered orders org other others our ours out outlook outside over overall
    own owner page paid pakistani pandora parcel parcels parent parents paris part partner parts party
    passenger passengers past patient patiently payment payments paypal pending pensioner people perfect
    perhaps person perth philippines phoenix phone picked pilot place plan plane platinum playlist playstation
    please pleased plenty plumber plus pm po polish poor portuguese possible possibly post potential premium
    president presumably pretty previous price prime principal priority privacy probably problem problems
    product products professor profile programmer proud ps ps4 ps5 public qantas qld qualtiy queensland
    question questions quick quickly quite r rather re reached read reading ready real really reason recently
    reception recipient ref reference refund refunds regard regarding regards renter rep reply representative
    reps request reservation reservations resident respectfully response responsible rest retail return
    returns reviewer right room russian ryanair sad safe safeway sainsbury's sainsburys sale sales same
    samsung satisfied saturday say saying says scared school scotland scottish sea seat seattle second
    secretary security see seems seen seller senior sent september serious seriously service services several
    shall she she's ship shipping shocked shop shopper should shouldn't show sick signature signed silver
    simple simply since sincerely singapore single sir siri sirs sister site sky skype slow small so social
    soft software sold some somebody someone something sometimes somewhere son sony soon sorry sort sounds
    southwest spain spanish special specialist speechless spotify spring sprint staff standard standing
    starbucks start started starting state station status stay std steward still stop store stores street
    stuck student stuff stupid subject subscriber such suddenly summer sunday super supervisor supply support
    suppose supposed sure surely surprised svp swedish swiss sydney system t-mobile take taking target
    tasmania teacher team teamleader teams tech technical technician tell telstra tenant terrible terribly
    terrific tesco texas text thai than thank thanks that that's the their them then there there's these they
    they're thing things think third this those though thought through thursday thus thx till time times tired
    title tmobile to today together tokyo told tomorrow tonight too took toronto totally toward towards toyota
    track tradie trading train trainee trainer transfer travel traveller travelling tried truly trust truth
    try trying tuesday turkish turned twice twitter two uber ugh uk ukrainian unable under underwhelmed
    unfortunately unhappy united unless unsure until up update updated updates ups upset urgent us usa use
    used useful user using usps usually valued vegas vendor verizon very vet via victim victoria video
    vietnamese view vip virgin virginmedia visa visit vodafone voicemail volunteer vp wait waiting wales
    walmart want wanted wants warehouse warm warmest warmly was wasn't wasting watching way we we'd we'll
    we're we've website wednesday week weekend weeks weird welcome well wellington welsh went were weren't
    westjet westpac what what's whatever whatsapp when where whether which while who who's whoever whole whom
    whose why wife wifi will willing windows winter wish wishes with within without woman women won't wonder
    wonderful wondering woolies woolworths work worked worker working world worried worry worse worst would
    wouldn't wow writer writing wrong www xbox xfinity xmas yay yeah year years yep yes yesterday yet yo york
    you you'd you'll you're you've your yours yourself youtube yup xx xxx xxxx zealand santa claus pepper
    """.split()
)
PARTICLES = frozenset(
    """
    van der den de da di del della la le du dos das do bin binti ibn al el ben von zu zur ter ten op abu mac
    mc y e
    """.split()
)
TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor rev sir madam doctor mme herr frau señor señora capt sgt".split()
)

GIVEN_WORDS = frozenset(
    """
    angelica april art aurora austin basil bay bill blanca bob brook bryony carol carter chase chelsea
    cherry clementine cooper coral crystal daisy dale dallas dawn dean dixie drew earnest eden faith fern
    flora frank gem ginger glen grace hazel heather holly honey hope hunter iris ivory ivy jack jade jasmine
    jewel jordan joy june juniper lily lotus luna mark martin mason max may melody mercy miles mina myrtle
    nick nova olive opal paris pat pearl penny perry phoenix poppy rob rose rosemary ruby sage sandy
    savannah sienna sky skye stella sterling sue summer sunny sydney tanner taylor tiger trinity venus
    victor victoria victory viola violet virginia wade ward will willow winter zara
    """.split()
)
"""Given names that are plants, colours, virtues, places or other everyday words too."""

# Words that cannot be part of a street's name, and so mark "2 days on the road" as none.
NO_STREET = frozenset(
    """
    a an and about across after all am any are around as at away back bed bedroom block blocks bottle bottles
    box boxes business by calls can car cars case circuit credit customers day days different dollar dollars
    down each emails end feet few first flights for free from ft full gb get go good had half hard has have
    heart hours hr hrs i if in inch inches into is it item items just k kg km kms left like lines litre litres
    m main mb metre metres mile miles min mins minute minutes month months more most my near new next night
    nights no not of off old on one or order orders our out over package packages parcel parcels passengers
    people per person phone piece pieces pm point points quick right same seconds second sets seat short side
    since small so some star stars steps stop stops straight such tb than that the their then there these they
    thing things this those tickets time times to too tonne two up usb very via was way week weeks went were
    while will with working year years you your yo x jan feb mar apr may jun jul aug sep sept oct nov dec
    january february march april june july august september october november december dot
    """.split()
)
PLACES = frozenset(
    """
    adelaide atlanta auckland australia ballarat bay bendigo boston brisbane cairns canberra cardiff chicago
    city dallas darwin delhi denver dubai east geelong hobart house houston kyneton london manchester
    melbourne miami mumbai newcastle north orange orlando paris perth phoenix port queensland scotland sea
    seattle singapore south spring station sydney tasmania toronto vegas victoria wales wellington west york
    ireland england united kingdom states germany france italy spain canada india uruguay new zealand america
    """.split()
)
NO_SUBURB = (NO_STREET | NOT_NAMES) - PLACES
