#!/bin/sh
# Says which class a flower belongs to, by the model that train.sh wrote.
#
#   classify.sh MODEL FLOWER...
#
# A FLOWER is its features, separated by commas, in the order of the training data: 5.9,3.0,5.1,1.8
set -eu

[ $# -ge 2 ] || { echo "usage: classify.sh MODEL FLOWER..." >&2; exit 2; }
model=$1
shift
[ -r "$model/means.csv" ] || { echo "classify.sh: there is no model in $model" >&2; exit 2; }

printf '%s\n' "$@" | LC_ALL=C awk -F , '
FILENAME != "-" && FILENAME ~ /spread\.csv$/ { place[$1] = ++features; spread[features] = $2; next }
FILENAME != "-" && FILENAME ~ /means\.csv$/ { if (!($1 in seen)) { seen[$1]; class[++classes] = $1 } mean[$1, place[$2]] = $3; next }
NF != features { print "classify.sh: " $0 " has " NF " features, the model has " features > "/dev/stderr"; exit 2 }
{
    for (k = 1; k <= classes; k++) {
        distance = 0
        for (f = 1; f <= features; f++) {
            d = $f - mean[class[k], f]
            if (spread[f] > 0) distance += d * d / spread[f]
        }
        if (k == 1 || distance < nearest) { nearest = distance; found = class[k] }
    }
    print $0 " is " found
}
' "$model/spread.csv" "$model/means.csv" -
