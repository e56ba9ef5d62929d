#!/usr/bin/env bash
# Gathers every sentence that people read into words/ostiary.pot, and brings each words/xx.po up to date with it.
# gather.sh --check    changes nothing; fails if the catalogue is stale or a language leaves something out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What is said in templates, in tables and in errors, as calls that xgettext understands.
perl - >"$work/tables.cc" <<'PERL'
use strict;
use warnings;

sub slurp { local ($/, @ARGV) = (undef, @_); return <>; }
sub say_it { my ($file, $text) = @_; $text =~ s/\\/\\\\/g; $text =~ s/"/\\"/g; $text =~ s/\n/\\n/g; print qq{// $file\nT("$text");\n}; }
sub files { return sort grep { length } split /\n/, `find @_ -type f`; }

for my $file (files("templates")) {
    my $text = slurp($file);
    while ($text =~ /\[\[(.*?)\]\]/sg) { my $said = $1; $said =~ s/^\s+|(?<=\s)\s+//g; $said =~ s/\n/ /g; say_it($file, $said); }
}
# Errors are literals that begin as sentences do, and nothing else in these files does.
for my $file (files("src/core -name '*.cc'"), "src/core/raw_data.h", "src/util/passwords.cc",
              map({ "src/pages/$_.cc" } qw(codes_batches codes_bulk codes_deeds data)),
              map { "src/http/$_.cc" } qw(access csrf dispatch forms limits)) {
    next if $file =~ /_test\.cc$|setup\.cc$|reports_export\.cc$|core\/exports\.cc$/;  # these make data, which is nobody's sentence
    my $text = slurp($file);
    $text =~ s{//[^\n]*}{}g;
    while ($text =~ /((?:"(?:[^"\\\n]|\\.)*"\s*)+)/g) {
        my $literal = join "", $1 =~ /"((?:[^"\\\n]|\\.)*)"/g;
        $literal =~ s/\\"/"/g;
        say_it($file, $literal) if $literal =~ /^[A-Z][a-z']*( |$)/ && $literal !~ /^[A-Z][a-z]*-/;
        say_it($file, $literal) if $file =~ m{/alerts\.cc$} && $literal =~ /^\{\} [a-z]/;  # why there is one
    }
}
my $events = slurp("src/core/events.h");
say_it("src/core/events.h", $1) while $events =~ /EventRow\{[^"]*"[^"]*",\s*"([^"]*)"/g;
my $portals = slurp("src/core/portals.h");
while ($portals =~ /"([^"]*)"/g) { my $word = $1; say_it("src/core/portals.h", $word) if $word =~ /^[A-Z]/; }
PERL

pages=$(find src/pages -name '*.cc' -o -name '*.h' | sort)
gather() {
    # shellcheck disable=SC2086
    xgettext --language=C++ --from-code=UTF-8 --keyword= --keyword=T --keyword=N --keyword=TN:1,2 --keyword=NN:1,2 --no-location \
        --no-wrap --sort-output --package-name=Ostiary --output="$1" $pages "$work/tables.cc"
    sed -i -e '1,/^$/{/^# /d;/^#$/d;/^#, fuzzy/d;/POT-Creation-Date/d;/PO-Revision-Date/d;/Last-Translator/d;/Language-Team/d;/Report-Msgid/d}' \
        -e 's/charset=CHARSET/charset=UTF-8/' -e '/^#, c++-format$/d' -e '/^#, c-format$/d' "$1"
}

if [ "${1:-}" = --check ]; then
    status=0
    gather "$work/ostiary.pot"
    diff -u words/ostiary.pot "$work/ostiary.pot" >"$work/stale" ||
        { echo "words/ostiary.pot is stale: run ./dev words"; head -40 "$work/stale"; status=1; }
    for language in words/*.po; do
        msgcmp "$language" "$work/ostiary.pot" || { echo "$language is not complete"; status=1; }
    done
    # A translation may move {} and {{NAMES}}, and neither lose nor invent one.
    for language in words/*.po; do
        msgcat --no-wrap "$language" | perl -ne '
            sub gaps { return join " ", sort $_[0] =~ /\{+[^{}]*\}+/g }
            if (/^msgid(?:_plural)? "(.*)"$/) { $said = $1 }
            if (/^msgstr(?:\[\d\])? "(.+)"$/ && $said ne "" && gaps($said) ne gaps($1)) {
                print "other gaps than in \"$said\": \"$1\"\n"; $bad = 1 }
            END { exit($bad ? 1 : 0) }' || { echo "$language cannot be filled in"; status=1; }
    done
    exit $status
fi
gather words/ostiary.pot
for language in words/*.po; do
    msgmerge --quiet --no-wrap --no-location --no-fuzzy-matching --sort-output --update --backup=none "$language" words/ostiary.pot
    msgattrib --no-obsolete --no-wrap -o "$language" "$language"
    echo "$language: $(msgattrib --untranslated "$language" | grep -c '^msgid' || true) entries wait for translation"
done
