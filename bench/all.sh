#!/usr/bin/env bash
# all.sh FOLDER [WORD] [--quick]   runs the programs bench_* in FOLDER, or those whose name holds WORD, and prints one
# table. What they say on the way goes to standard error. Fails if one of them could not measure.
set -uo pipefail
folder=$1
shift
word=""
options=()
for argument in "$@"; do
    case $argument in
        --*) options+=("$argument") ;;
        *) word=$argument ;;
    esac
done

# One that is interrupted leaves its databases behind; so all of them stand in here.
BENCH_FOLDER=$(mktemp -d "${BENCH_FOLDER:-/var/tmp}/ostiary-bench.XXXXXX")
export BENCH_FOLDER
trap 'rm -rf "$BENCH_FOLDER"' EXIT
trap 'exit 130' INT TERM HUP
rows=$BENCH_FOLDER/rows
touch "$rows"
status=0
for program in "$folder"/bench_*; do
    [[ -x $program && ! -d $program && ${program##*/} == *"$word"* ]] || continue
    echo "${program##*/bench_}" >&2
    "$program" "${options[@]}" </dev/null >>"$rows" || status=1
done
echo >&2
awk 'NR == 1 || $1 != "what"' "$rows"  # each prints the header
exit $status
