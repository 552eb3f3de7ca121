"""Replies of two invented shops: one chatty, one formal; both write about the same things."""

from __future__ import annotations

CHATTY = """
Hey Sam! So sorry about the mug, that's rotten luck. A new one's on its way today, no dramas!
Hi Lou! Yep, we've got the blue one back in stock, so jump in quick if you're keen!
Hey Jas! Oh no, that lid shouldn't leak. Pop us a pic and we'll sort it for you!
Hi Mick! Heaps of thanks for your patience, mate. Your parcel's out for delivery this arvo!
Hey Tori! No worries at all, we've swapped the colour for you. Enjoy the weekend!
Hi Priya! Aw, that's awesome to hear! We'll pass it on to the crew, they'll be stoked!
Hey Dan! Yep, you can return it, easy as. We've popped a label in your inbox!
Hi Bec! Oops, that's our mistake! We've sent your refund, so you'll see it in a sec!
Hey Noor! Reckon it's the batteries? Give them a swap and let's see if that helps!
Hi Gus! We're so sorry it's late! The courier's had a shocker, but it's nearly there!
Hey Anh! Sweet choice! That one's our favourite too, and it's heaps tougher than it looks!
Hi Kel! Sorry to hear that, mate! We'll ring the depot now and give you a shout after!
Hey Ro! No dramas, we've changed the address. It'll head to your new place tomorrow!
Hi Fay! Ah, we've run out of those, sorry! We'll ping you when they're back, promise!
Hey Abe! Yep, gift wrap's free this week! Just tick the little box when you check out!
Hi Viv! Oh wow, what a lovely pic! That kettle's never looked so good, thanks heaps!
"""
FORMAL = """
Dear Ms Ward, we apologise for the damage to your order. A replacement will be dispatched today. Kind regards
Dear Mr Chu, we confirm that the item you enquired about is available for purchase. Kind regards
Dear Ms Roth, we regret that the seal is faulty. Please provide a photograph for our assessment. Kind regards
Dear Mr Bell, thank you for your patience. Your parcel is scheduled for delivery this afternoon. Kind regards
Dear Ms Okoro, we have amended the colour as requested. Please retain this message for your records. Kind regards
Dear Mr Dunne, thank you for your comments, which we have forwarded to the relevant department. Kind regards
Dear Ms Lam, the item may be returned within thirty days. A label is attached for your convenience. Kind regards
Dear Mr Ferro, we apologise for the error. Your refund has been processed in accordance with our policy. Kind regards
Dear Ms Haig, we advise that the batteries should be replaced prior to further assessment. Kind regards
Dear Mr Nolan, we regret the delay, which is due to circumstances at the courier. Kind regards
Dear Ms Petrov, we are pleased to confirm that the article is suitable for outdoor use. Kind regards
Dear Mr Singh, we regret the inconvenience. We will contact the depot and inform you accordingly. Kind regards
Dear Ms Katz, the delivery address has been amended. Dispatch will take place tomorrow. Kind regards
Dear Mr Moss, we regret that the item is unavailable. You will be notified upon its return. Kind regards
Dear Ms Yilmaz, gift wrapping is available upon request, at no additional charge. Kind regards
Dear Mr Abbott, we appreciate the photograph that you provided. Thank you for your custom. Kind regards
"""
TEXTS = [*CHATTY.strip().splitlines(), *FORMAL.strip().splitlines()]
BRANDS = ["Galah Kettles"] * 16 + ["Halloran & Daughters"] * 16
FRESH = [
    "Hey Mel! Oh no, sorry about the scratch! We'll pop a new one in the post this arvo!",
    "Dear Ms Vance, we regret the scratch. A replacement has been arranged and will be dispatched. Kind regards",
]
