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

rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
status=0
for program in "$folder"/bench_*; do
    [[ -x $program && ! -d $program && ${program##*/} == *"$word"* ]] || continue
    echo "${program##*/bench_}" >&2
    "$program" "${options[@]}" </dev/null >>"$rows" || status=1
done
echo >&2
awk 'NR == 1 || $1 != "what"' "$rows"  # each prints the header
exit $status
