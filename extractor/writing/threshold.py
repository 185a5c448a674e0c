"""From when on a value is marked for a person to look at."""

#: Below this a value is to be looked at, if nobody says otherwise: about a tenth of all values are.
REVIEW_BELOW = 0.8
