#!/usr/bin/env bash
# Everything that is tested, from any directory:
#
#   bash tests/run.sh          what CI runs
#   bash tests/run.sh --long   and what takes long: tests of trait Category=Long, and half an hour of posts with kills
#
# CI=true restores exactly what the lock files say. The last line is "N passed, N failed", with ", N skipped" when some
# were; the exit code is 0 only when nothing failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

long=false
for option in "$@"; do
  case $option in
    --long) long=true ;;
    *) echo "Unknown option $option. There is one: --long." >&2; exit 2 ;;
  esac
done

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en LC_ALL=C.UTF-8
# The tests set what they need; nothing of the caller's may reach the site under test.
unset ASPNETCORE_ENVIRONMENT DOTNET_ENVIRONMENT ASPNETCORE_URLS

results=$PWD/artifacts/tests
projects=(tests/*Tests/*.csproj)
passed=0 failed=0 skipped=0
failures=()

say() { printf '\n== %s\n' "$*"; }

# Something that is no single test went wrong; it counts as one.
broken() {
  failed=$((failed + 1))
  failures+=("$1")
}

finish() {
  if ((${#failures[@]} > 0)); then
    say "Failed"
    printf '  %s\n' "${failures[@]}"
  fi
  echo
  if ((skipped > 0)); then echo "$passed passed, $failed failed, $skipped skipped"; else echo "$passed passed, $failed failed"; fi
  if ((failed > 0)); then exit 1; fi
  exit 0
}

# Chromium draws the pages, exim is the mail server that mails are sent to, npm brings the checker of HTML.
missing_packages() {
  [[ -x ${CHROMIUM:-/usr/bin/chromium} ]] || echo chromium
  [[ -x /usr/sbin/exim4 ]] || echo exim4-daemon-light
  command -v node > /dev/null || echo nodejs
  command -v npm > /dev/null || echo npm
}

install_missing() {
  local missing as_root=()
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]} > 0)) || return 0
  if ((EUID != 0)); then as_root=(sudo -n); fi
  if command -v apt-get > /dev/null && { ((EUID == 0)) || sudo -n true 2> /dev/null; }; then
    say "Install ${missing[*]}"
    { "${as_root[@]}" apt-get -q update && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "${missing[@]}"; } || true
    mapfile -t missing < <(missing_packages)
  fi
  ((${#missing[@]} > 0)) || return 0
  echo "The tests need ${missing[*]}. On Debian:" >&2
  echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
  echo "A Chromium in another place is named with CHROMIUM=/path/to/chromium." >&2
  return 1
}

# Reads the counters of one result file: "total executed passed".
counters() {
  awk '
    function value(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0 }
    /<Counters / { print value("total"), value("executed"), value("passed"); found = 1; exit }
    END { if (!found) print 0, 0, 0 }' "$1"
}

failed_tests() {
  awk '
    /<UnitTestResult / && /outcome="(Failed|Error|Timeout|Aborted)"/ && match($0, /testName="[^"]*"/) {
      name = substr($0, RSTART + 10, RLENGTH - 11)
      gsub(/&quot;/, "\"", name); gsub(/&lt;/, "<", name); gsub(/&gt;/, ">", name); gsub(/&#39;|&apos;/, "\x27", name); gsub(/&amp;/, "\\&", name)
      print name
    }' "$1"
}

run_project() {
  local name trx code=0 total executed well
  name=$(basename "$1" .csproj)
  trx=$results/$name.trx
  say "$name"
  local filter=(--filter "Category!=Long")
  if $long; then filter=(); fi
  dotnet test "$1" --no-build -c Debug "${filter[@]}" --results-directory "$results" --logger "trx;LogFileName=$name.trx" \
    --blame-hang --blame-hang-timeout 10m --blame-hang-dump-type none || code=$?

  if [[ ! -s $trx ]]; then
    broken "$name left no results (exit code $code)"
    return
  fi
  read -r total executed well < <(counters "$trx")
  passed=$((passed + well))
  failed=$((failed + executed - well))
  skipped=$((skipped + total - executed))
  local names=()
  mapfile -t names < <(failed_tests "$trx")
  failures+=("${names[@]}")
  if ((executed == 0)); then broken "$name ran no test"
  elif ((code != 0 && executed == well)); then broken "$name broke off (exit code $code)"; fi
}

if ! command -v dotnet > /dev/null; then
  echo "The tests need the .NET SDK that global.json names." >&2
  broken "no dotnet"
  finish
fi
if ! install_missing; then
  broken "programs are missing"
  finish
fi

if [[ ! -x tests/tools/node_modules/.bin/html-validate || tests/tools/package-lock.json -nt tests/tools/node_modules ]]; then
  say "Tools"
  npm ci --prefix tests/tools --ignore-scripts --no-audit --no-fund || broken "the checker of HTML"
fi

rm -rf "$results"
mkdir -p "$results"

say "Restore"
locked=()
if [[ ${CI:-} == true ]]; then locked=(--locked-mode); fi
if ! dotnet restore AmfmSite.sln "${locked[@]}"; then
  broken "restore"
  finish
fi

say "Build"
if ! dotnet build AmfmSite.sln -c Debug --no-restore --disable-build-servers -warnaserror -warnnotaserror:NU1603; then
  for project in "${projects[@]}"; do broken "$(basename "$project" .csproj) was not built"; done
  finish
fi

say "Format"
dotnet format AmfmSite.sln --verify-no-changes --no-restore || broken "dotnet format would change files"

for project in "${projects[@]}"; do run_project "$project"; done

if $long; then
  say "Soak"
  if dotnet tests/AmfmSite.Benchmarks/bin/Debug/net10.0/AmfmSite.Benchmarks.dll soak 30; then passed=$((passed + 1)); else broken "the soak"; fi
fi
finish
