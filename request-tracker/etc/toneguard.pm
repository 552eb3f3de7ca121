# Settings of RT-Extension-ToneGuard: into RT_SiteConfig.d/ (on Debian /etc/request-tracker5/RT_SiteConfig.d/90-toneguard.pm).

Plugin('RT::Extension::ToneGuard');

# Where ToneGuard listens. On another machine only by https://.
Set($ToneGuardURL, 'http://127.0.0.1:8081');

# The token, if the server was started with one.
# Set($ToneGuardToken, 'the same as TONEGUARD_TOKEN');

# The name of a standard that the server was started with (--standard NAME=FILE); else the server's default.
# Set($ToneGuardStandard, 'outlet');

# Seconds after which a server that says nothing is taken for gone.
# Set($ToneGuardTimeout, 3);

# Whether a reply with the verdict "hold" first goes back to its writer, who may then send it all the same.
# Set($ToneGuardHold, 1);

1;
