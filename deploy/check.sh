#!/usr/bin/env bash
# Looks at a site from outside, through its proxy, and stores nothing:
#
#   bash check.sh https://www.example.org [options of curl, such as --cacert FILE or --resolve HOST:443:ADDRESS]
#
# A line for each look; exit 1 when one says FAULT. Run it on another machine: inside, /health/ answers, and should.
set -uo pipefail
site=${1:?An address, please, such as https://www.example.org}
shift
options=("$@")
name=${site#https://}
faults=0
answer=$(mktemp)
long=$(mktemp)
trap 'rm -f "$answer" "$long"' EXIT

ask() { curl -sS -m 60 -o "$answer" -D - "${options[@]}" "$@" | tr -d '\r'; }

# look WHAT PATTERN GOT: ok when the pattern stands in what came.
look() {
  if grep -qiE "$2" <<< "$3"; then echo "ok    $1"; else
    echo "FAULT $1: expected $2, got ${3%%$'\n'*}"
    faults=$((faults + 1))
  fi
}

body() { printf 'Note=%s' "$(head -c "$1" /dev/zero | tr '\0' x)" > "$long"; }

home=$(ask "$site/")
look "the first page answers" '^HTTP/[0-9.]+ 200' "$home"
look "browsers are told to stay with https" '^strict-transport-security: max-age=31536000' "$home"
look "the site's own headers pass through" "^content-security-policy: default-src 'none'" "$home"
look "nothing keeps the first page without asking" '^cache-control: no-cache' "$home"
look "the proxy does not say its version" '^server: [a-z]*$' "$(grep -i '^server:' <<< "$home" || echo 'server: none')"
look "http leads to https" "^location: $site/conditions" "$(ask "http://$name/conditions")"
look "the desk is for one person" '^cache-control:.*no-store' "$(ask "$site/staff/sign-in")"
look "a question passes through" '^HTTP/[0-9.]+ 200' "$(ask "$site/search?q=sleep")"
for health in live ready outbox retention; do
  look "/health/$health is closed" '^HTTP/[0-9.]+ (403|404)' "$(ask "$site/health/$health")"
done
body 66000
look "what is a little too long gets a page of the site" '^HTTP/[0-9.]+ 413' "$(ask --data-binary "@$long" "$site/request-a-call")"
look "… in its own words" 'longer than we can take' "$(cat "$answer")"
body 1000000
look "what is far too long is refused" '^HTTP/[0-9.]+ 413' "$(ask --data-binary "@$long" "$site/request-a-call")"
look "… in words" 'longer than we can take' "$(cat "$answer")"
look "whoever asks for another name is sent away" 'none' "$(curl -s -m 10 -o /dev/null -w '%{http_code}' "${options[@]}" --connect-to "other.invalid:443:$name:443" https://other.invalid/ | sed 's/^000$/none/')"
((faults == 0))
