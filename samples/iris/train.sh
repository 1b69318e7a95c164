#!/bin/sh
# Trains a classifier (nearest mean, each feature measured in units of its spread within the classes) on a labelled CSV
# file and scores it on rows it has not seen. Needs a POSIX shell and awk only, and gives the same answer on every awk.
#
#   train.sh DATA MODEL REPORT
#
# DATA is a CSV file with a header, numeric features, and the class in its last column. MODEL is the folder to write the
# model to (means.csv and spread.csv, for classify.sh), REPORT the file that gets the report beside standard output.
# In the environment: SEED (default 1) shuffles the rows, TEST_SHARE (default 0.3) of each class is held back.
set -eu

[ $# -eq 3 ] || { echo "usage: train.sh DATA MODEL REPORT" >&2; exit 2; }
data=$1 model=$2 report=$3
[ -r "$data" ] || { echo "train.sh: cannot read $data" >&2; exit 2; }
mkdir -p "$model"
: > "$report"

# LC_ALL: a comma in another locale must not turn 5.1 into 5.
LC_ALL=C awk -F , -v seed="${SEED:-1}" -v share="${TEST_SHARE:-0.3}" -v model="$model" -v report="$report" '
function say(line) { print line; print line >> report }
function fail(words) { print "train.sh: " words > "/dev/stderr"; failed = 1; exit 2 }

# Park and Miller: exact in the doubles every awk counts with, unlike rand(), which differs from awk to awk.
function below(n) { seed = (seed * 16807) % 2147483647; return seed % n }

function shuffle(c,    i, j, swap) {
    for (i = size[c]; i > 1; i--) {
        j = below(i) + 1
        swap = row[c, i]; row[c, i] = row[c, j]; row[c, j] = swap
    }
}

# The mean of each feature within one class, and what its rows add to the spread that all classes share.
function learn(c, first,    i, f, x, n) {
    n = size[c] - first + 1
    for (i = first; i <= size[c]; i++) {
        split(row[c, i], x, ",")
        for (f = 1; f <= features; f++) mean[c, f] += x[f] / n
    }
    for (i = first; i <= size[c]; i++) {
        split(row[c, i], x, ",")
        for (f = 1; f <= features; f++) spread[f] += (x[f] - mean[c, f]) * (x[f] - mean[c, f])
    }
}

function predict(text,    k, f, x, d, distance, nearest, found) {
    split(text, x, ",")
    for (k = 1; k <= classes; k++) {
        distance = 0
        for (f = 1; f <= features; f++) {
            d = x[f] - mean[class[k], f]
            if (spread[f] > 0) distance += d * d / spread[f]
        }
        if (k == 1 || distance < nearest) { nearest = distance; found = class[k] }
    }
    return found
}

{ sub(/\r$/, "") }
NR == 1 { features = NF - 1; for (f = 1; f <= features; f++) feature[f] = $f; next }
NF == 0 { next }
NF != features + 1 { fail("line " NR " has " NF " fields, " features + 1 " are expected") }
{
    if (!($NF in size)) class[++classes] = $NF
    row[$NF, ++size[$NF]] = $0
    rows++
}

END {
    if (failed) exit 2
    if (rows == 0) fail("there are no rows to learn from")
    seed = seed % 2147483647
    if (seed < 1) seed = 1

    for (k = 1; k <= classes; k++) {
        c = class[k]
        held[c] = int(size[c] * share + 0.5)
        if (held[c] < 1 || held[c] >= size[c])
            fail("TEST_SHARE " share " holds back " held[c] " of the " size[c] " rows of " c)
        tested += held[c]
        shuffle(c)
        learn(c, held[c] + 1)
    }
    say(sprintf("data      %d rows, %d features, %d classes", rows, features, classes))
    say(sprintf("split     %d rows to learn from, %d held back for the test", rows - tested, tested))

    means = model "/means.csv"
    spreads = model "/spread.csv"
    for (f = 1; f <= features; f++) {
        printf "%s,%.17g\n", feature[f], spread[f] > spreads
        for (k = 1; k <= classes; k++) printf "%s,%s,%.17g\n", class[k], feature[f], mean[class[k], f] > means
    }

    say("")
    line = sprintf("%-12s", "mean")
    for (f = 1; f <= features; f++) line = line sprintf("%14s", feature[f])
    say(line)
    for (k = 1; k <= classes; k++) {
        line = sprintf("%-12s", class[k])
        for (f = 1; f <= features; f++) line = line sprintf("%14.2f", mean[class[k], f])
        say(line)
    }

    for (k = 1; k <= classes; k++) {
        c = class[k]
        for (i = 1; i <= held[c]; i++) {
            guess = predict(row[c, i])
            hits[c, guess]++
            if (guess == c) right++
        }
    }

    say("")
    line = sprintf("%-12s", "is \\ said")
    for (k = 1; k <= classes; k++) line = line sprintf("%12s", class[k])
    say(line)
    for (k = 1; k <= classes; k++) {
        line = sprintf("%-12s", class[k])
        for (j = 1; j <= classes; j++) line = line sprintf("%12d", hits[class[k], class[j]])
        say(line)
    }
    say("")
    say(sprintf("accuracy  %.3f (%d of %d)", right / tested, right, tested))
}
' "$data"
