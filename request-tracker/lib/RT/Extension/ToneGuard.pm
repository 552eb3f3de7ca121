package RT::Extension::ToneGuard;

use 5.010;
use strict;
use warnings;

use Digest::SHA ();
use Encode ();
use JSON ();
use LWP::UserAgent;
use URI;

our $VERSION = '0.1.0';

=head1 NAME

RT::Extension::ToneGuard - checks replies to customers with a ToneGuard server of your own

=head1 DESCRIPTION

How it is installed and what can be set stands in F<README.md>. This module knows what was said in a ticket, and how
to ask the server. Neither what customers and staff write nor what is found in it goes into RT's log.

=cut

# Types of transactions that customers can read. A Comment is a private note and never leaves RT.
our @PUBLIC = qw(Create Correspond);

# As much of a conversation as is handed over: the newest messages, and so many characters of each.
our $MOST_MESSAGES = 20;
our $LONGEST       = 10_000;

# Pages with a box for a reply to the requestors of one ticket.
our %REPLY_PAGES = map { $_ => 1 } qw(/Ticket/Update.html /Ticket/ModifyAll.html /m/ticket/reply);

# What the server may refuse for the draft's own sake, or to be asked again later. Anything else is an
# administrator's to mend, and the same to the writer as a server that is gone.
our %PASSED_ON = map { $_ => 1 } ( 200, 413, 422, 429 );

=head2 ReplyTicket ID, CurrentUser

The L<RT::Ticket> with this number if the user is privileged and may reply to it, else undef.

=cut

sub ReplyTicket {
    my ( $class, $id, $user ) = @_;
    return undef unless $user && $user->id && $user->Privileged;
    return undef unless defined $id && !ref $id && $id =~ /^[0-9]{1,18}$/;
    my $ticket = RT::Ticket->new($user);
    $ticket->Load($id);
    return undef unless $ticket->id;
    return undef unless $ticket->CurrentUserHasRight('ReplyToTicket') || $ticket->CurrentUserHasRight('ModifyTicket');
    return $ticket;
}

=head2 Conversation TICKET

What was written before, oldest first, as C<< { role, text } >>: as far as the ticket's current user may read it.

=cut

sub Conversation {
    my ( $class, $ticket ) = @_;
    my $transactions = $class->_Transactions($ticket);
    $transactions->OrderByCols( { FIELD => 'Created', ORDER => 'DESC' }, { FIELD => 'id', ORDER => 'DESC' } );
    $transactions->RowsPerPage($MOST_MESSAGES);
    my @found;
    while ( my $transaction = $transactions->Next ) {
        my $text = $class->_Text($transaction) // next;
        unshift @found, { role => $class->_Role( $ticket, $transaction ), text => substr( $text, 0, $LONGEST ) };
    }
    return @found;
}

=head2 Rows TICKET

All messages of a ticket, oldest first, as rows of an archive that C<toneguard score> reads.

=cut

sub Rows {
    my ( $class, $ticket ) = @_;
    my $transactions = $class->_Transactions($ticket);
    $transactions->OrderByCols( { FIELD => 'Created' }, { FIELD => 'id' } );
    my @rows;
    while ( my $transaction = $transactions->Next ) {
        my $text = $class->_Text($transaction) // next;
        my $role = $class->_Role( $ticket, $transaction );
        push @rows, {
            conversation_id => $ticket->id,
            message_id      => $transaction->id,
            author_role     => $role,
            author_id       => $role eq 'agent' ? $transaction->CreatorObj->Name : undef,
            channel         => 'email',
            created_at      => $transaction->CreatedObj->W3CDTF( Timezone => 'utc' ),
            seq             => scalar @rows,
            is_public       => JSON::false,    # its people can read it, not anybody
            queue           => $ticket->QueueObj->Name,
            text            => $text,
        };
    }
    return @rows;
}

sub _Transactions {
    my ( $class, $ticket ) = @_;
    my $transactions = $ticket->Transactions;
    $transactions->Limit( FIELD => 'Type', OPERATOR => 'IN', VALUE => \@PUBLIC );
    return $transactions;
}

# The plain text of a transaction, by RT's own reading; undef where there is none.
sub _Text {
    my ( $class, $transaction ) = @_;
    return undef unless $transaction->ContentObj( Type => 'text/plain' );    # Content says so in words
    my $text = $transaction->Content( Type => 'text/plain' );
    $text =~ s/\r\n?/\n/g;
    return $text =~ /\S/ ? $text : undef;
}

# A requestor is a customer, and so is whoever has no rights on this side of the desk, such as a Cc.
sub _Role {
    my ( $class, $ticket, $transaction ) = @_;
    my $creator = $transaction->Creator;
    return 'system' if $creator == RT->SystemUser->id || $creator == RT->Nobody->id;
    return 'customer' if $ticket->IsWatcher( Type => 'Requestor', PrincipalId => $creator );
    return $transaction->CreatorObj->Privileged ? 'agent' : 'customer';
}

=head2 Review TICKET, DRAFT

Asks the server about a draft (plain text) after the ticket's conversation. Gives the HTTP status (503 where nobody
answers) and the review as JSON text, or undef.

=cut

sub Review {
    my ( $class, $ticket, $draft ) = @_;
    my %asked = (
        draft   => $draft,
        role    => 'agent',
        channel => 'email',
        public  => JSON::false,
        before  => [ $class->Conversation($ticket) ],
    );
    my $standard = RT->Config->Get('ToneGuardStandard');
    $asked{standard} = $standard if length( $standard // '' );
    return $class->_Ask( POST => '/v1/reviews', JSON->new->utf8->encode( \%asked ) );
}

=head2 Rule NAME

What the server says of a rule, as L</Review> gives it.

=cut

sub Rule {
    my ( $class, $name ) = @_;
    return 404 unless defined $name && !ref $name && $name =~ m{^[a-z0-9-]+(?:/[a-z0-9-]+)*$};
    my $url      = URI->new("/v1/rules/$name");
    my $standard = RT->Config->Get('ToneGuardStandard');
    $url->query_form( standard => $standard ) if length( $standard // '' );
    return $class->_Ask( GET => "$url" );
}

sub _Ask {
    my ( $class, $method, $path, $body ) = @_;
    my $server = $class->_Server or return 503;
    my $agent  = LWP::UserAgent->new(
        agent        => "RT-Extension-ToneGuard/$VERSION",
        timeout      => RT->Config->Get('ToneGuardTimeout') || 3,
        max_redirect => 0,
        max_size     => 4 * 2**20,
        env_proxy    => 0,
    );
    my $request = HTTP::Request->new( $method, $server . $path, [ Accept => 'application/json' ] );
    if ( defined $body ) {
        $request->header( 'Content-Type' => 'application/json' );
        $request->content($body);
    }
    my $token = RT->Config->Get('ToneGuardToken');
    $request->header( Authorization => "Bearer $token" ) if length( $token // '' );
    my $response = $agent->request($request);
    my $code     = $response->code;

    if ( ( $response->header('Client-Warning') // '' ) eq 'Internal response' ) {
        RT->Logger->debug('ToneGuard does not answer');
        return 503;
    }
    unless ( $PASSED_ON{$code} ) {
        state %told;
        RT->Logger->warning("ToneGuard answers with HTTP $code; look at its log and at \$ToneGuardToken and \$ToneGuardStandard")
            unless $told{$code}++ || $code == 503;
        return $code == 404 && $method eq 'GET' ? 404 : 503;
    }
    return $code unless $code == 200;
    return 503 if $response->header('Client-Aborted') || $response->content_type ne 'application/json';
    return ( 200, Encode::decode( 'UTF-8', $response->content ) );
}

# The server's address, or undef where there is none that may be told what customers write.
sub _Server {
    my $address = RT->Config->Get('ToneGuardURL') // '';
    return undef unless length $address;
    my $url = URI->new($address);
    my $is_safe = ( $url->scheme // '' ) eq 'https'
        || ( ( $url->scheme // '' ) eq 'http' && $url->host =~ /^(?:127\.[0-9.]+|localhost|::1)$/ );
    if ( !$is_safe ) {
        state $told = 0;
        RT->Logger->error('$ToneGuardURL must begin with https://, or with http:// for a server on this machine') unless $told++;
        return undef;
    }
    $address =~ s{/+$}{};
    return $address;
}

=head2 Held TICKET, ARGS

What speaks against sending the reply of an update form, as C<< { digest, why } >> with C<why> a list of sentences;
undef where it may go: nothing is held, the writer already said to send just this text, or the server does not answer.

=cut

sub Held {
    my ( $class, $ticket, $args ) = @_;
    return undef unless ( $args->{UpdateType} // '' ) eq 'response';
    my $type = $args->{UpdateContentType} // '';
    my $text = RT::Interface::Web::StripContent(
        Content        => $args->{UpdateContent},
        ContentType    => $type,
        StripSignature => 1,
        CurrentUser    => $ticket->CurrentUser,
    );
    return undef unless length $text;
    $text = RT::Interface::Email::ConvertHTMLToText($text) if $type eq 'text/html';

    # Spaces and line ends may change on the way through a form and an editor; words do not.
    my $words  = join ' ', split ' ', $text;
    my $digest = Digest::SHA::sha256_hex( $ticket->id . ' ' . Encode::encode( 'UTF-8', $words ) );
    return undef if ( $args->{ToneGuardSend} // '' ) eq $digest;
    my ( $status, $said ) = $class->Review( $ticket, $text );
    return undef unless $status == 200;
    my $review = eval { JSON->new->decode($said) } or return undef;
    return undef unless ( $review->{verdict} // '' ) eq 'hold';
    my @why = map { $_->{message} } grep { $_->{level} eq 'error' } @{ $review->{findings} };
    return { digest => $digest, why => \@why };
}

1;
