# People and tickets of an invented help desk, by RT's own API: perl seed.pl PASSWORD TICKETS
use 5.010;
use strict;
use warnings;
use lib '/usr/share/request-tracker5/lib';
use MIME::Entity;
use RT;
RT->LoadConfig;
RT->Init;

my ( $password, $tickets ) = @ARGV;

sub user {
    my ( $name, $privileged, %preferences ) = @_;
    my $user = RT::User->new( RT->SystemUser );
    my ( $ok, $said ) = $user->Create( Name => $name, EmailAddress => $name =~ /@/ ? $name : "$name\@example.org", Password => $password, Privileged => $privileged );
    die "$name: $said\n" unless $ok;
    $user->SetPreferences( RT->System, \%preferences ) if %preferences;
    return $user;
}

sub grant {
    my ( $principal, @rights ) = @_;
    for my $right (@rights) {
        my ( $ok, $said ) = $principal->GrantRight( Right => $right, Object => RT->System );
        die "$right: $said\n" unless $ok;
    }
}

sub as { my $user = RT::CurrentUser->new; $user->Load(shift); return $user }

sub mail {
    my ( $from, $text, $html ) = @_;
    my $mail = MIME::Entity->build( From => $from, Subject => 'Cracked kettle', Type => $html ? 'multipart/alternative' : 'text/plain', Charset => 'UTF-8', $html ? () : ( Data => $text ) );
    if ($html) {
        $mail->attach( Type => 'text/html',  Charset => 'UTF-8', Data => $html );
        $mail->attach( Type => 'text/plain', Charset => 'UTF-8', Data => $text );
    }
    return $mail;
}

my @staff = qw(SeeQueue ShowTicket ShowTicketComments ReplyToTicket CommentOnTicket ModifyTicket OwnTicket ModifySelf ShowOutgoingEmail ForwardMessage);
my $everyone = RT::Group->new( RT->SystemUser );
$everyone->LoadSystemInternalGroup('Everyone');
grant( $everyone->PrincipalObj, qw(CreateTicket) );
for my $name (qw(Requestor Cc)) {
    my $group = RT->System->RoleGroup($name);
    grant( $group->PrincipalObj, qw(ReplyToTicket ShowTicket) );
}
grant( user( bronte => 1 )->PrincipalObj, @staff );
grant( user( priya => 1, MessageBoxRichText => 0 )->PrincipalObj, @staff );
grant( user( tomasz => 1, WebDefaultStylesheet => 'elevator-dark' )->PrincipalObj, @staff );
grant( user( reader => 1 )->PrincipalObj, qw(SeeQueue ShowTicket ShowTicketComments) );
user('mina@example.com');
user('father@example.com');

for my $number ( 1 .. $tickets ) {
    my $ticket = RT::Ticket->new( as('mina@example.com') );
    my ( $id, undef, $said ) = $ticket->Create(
        Queue     => 'General',
        Subject   => 'Cracked kettle',
        Requestor => 'mina@example.com',
        Cc        => 'father@example.com',
        MIMEObj   => mail( 'mina@example.com', "Hello,\n\nthe kettle arrived cracked and I am furious.\n\nMina 🙁\n", '<p>the kettle arrived <i>cracked</i> and I am furious.</p><p>(This part is HTML.)</p>' ),
    );
    die "$said\n" unless $id;
    my $seen = RT::Ticket->new( as('bronte') );
    $seen->Load($id);
    my ( $ok, $why ) = $seen->Comment( Content => 'Between us: she complains every month.' );
    die "$why\n" unless $ok;
    ( $ok, $why ) = $seen->Correspond( MIMEObj => MIME::Entity->build( Type => 'text/html', Charset => 'UTF-8', Data => '<p>Hi Mina,</p><p>could you send us a <b>photo</b>?</p>' ) );
    die "$why\n" unless $ok;
    my $other = RT::Ticket->new( as('father@example.com') );
    $other->Load($id);
    ( $ok, $why ) = $other->Correspond( MIMEObj => mail( 'father@example.com', "My daughter has sent it twice.\n" ) );
    die "$why\n" unless $ok;
}
