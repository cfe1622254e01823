/* SPDX-License-Identifier: Apache-2.0 */
/* What an approval grants: days and units of lines of the request, held against what was asked, what is barred and what one authorization may hold. Pure. */
#ifndef AR_REVIEW_DETERMINATION_GRANTS_H
#define AR_REVIEW_DETERMINATION_GRANTS_H

#include "review/determination_facts.h"

struct grant {
	size_t line; /* of the request, counted from 0 */
	struct day_span days;
	double units;
	const char *pointer; /* where the body says it */
	bool said; /* the body says how many units */
};

struct grants {
	struct grant *list;
	size_t count;
	bool whole; /* nothing was said: everything as asked */
};

/* What one authorization may hold at most. */
struct cap {
	const struct item *item;
	int64_t days; /* in calendar days from its first to its last, and in units of a day of one code */
	const struct limit_excess *until; /* of a limit that ends on a day: no day after allowed_to; NULL */
};

struct caps {
	struct cap *list;
	size_t count;
};

enum { INTERQUAL_UNKNOWN = -1 };

#define UNITS_NOT_SAID (-1.0) /* by a line whose units are not days */
#define UNITS_SLACK 1e-6 /* units are counted in binary fractions */

/* The caps that apply; one that an InterQual review sets is left out while its days are INTERQUAL_UNKNOWN. */
struct caps caps_of(const struct determination_facts *facts, int64_t interqual_days);

/* Whether a cap is not known before the InterQual review. */
bool caps_wait(const struct determination_facts *facts, const struct caps *caps);

/* Whether more can be approved than a cap holds; BY_INTERQUAL chooses which caps are asked. */
bool caps_exceeded(const struct determination_facts *facts, const struct caps *caps, bool by_interqual);

/* Reads the list of a body; absent or null: everything as asked. Adds an issue for each that names no days of a line. */
struct grants grants_read(const struct determination_facts *facts, const struct json *list, struct issues *issues);

/* What could be approved: everything less what is barred or above a cap. */
struct grants grants_possible(const struct determination_facts *facts, const struct caps *caps);

/* The same as a sentence, for whoever asked for more. */
const char *grants_advice(const struct determination_facts *facts, const struct caps *caps);

/* Adds an issue for all that may not be granted so. */
void grants_check(const struct determination_facts *facts, const struct grants *grants, const struct caps *caps,
		  struct issues *issues);

/* Whether less is granted than was asked. */
bool grants_less(const struct determination_facts *facts, const struct grants *grants);

struct day_set grants_days(struct arena *arena, const struct grants *grants);
struct day_set grants_line_days(struct arena *arena, const struct grants *grants, size_t line);

/* The days of a line that are neither barred nor above a cap, which counts from the first day that can be approved. */
struct day_set grants_open(const struct determination_facts *facts, const struct caps *caps, size_t line);

/* Those of them that are not granted, but for days for which no unit is left. */
struct day_set grants_left(const struct determination_facts *facts, const struct grants *grants, const struct caps *caps,
			   size_t line);

/* What a line asks for, or UNITS_NOT_SAID; and what is granted of it. */
double units_asked(const struct asked_line *line);
double units_granted(const struct grants *grants, size_t line);

/* How many units of a day the code of LINE can still have on days of SPAN; below 0 when more than one a day is granted. */
double units_room(const struct determination_facts *facts, const struct grants *grants, const struct caps *caps,
		  const struct asked_line *line, const struct day_span *span);

/* By how much a grant of a line that counts days, which is one of GRANTS, could be more. */
double units_more(const struct determination_facts *facts, const struct grants *grants, const struct caps *caps,
		  const struct grant *grant);

/* The units that DAYS of a line have a claim to: those that count days one a day, others in proportion, all of them for all days. */
double units_part(const struct asked_line *line, struct day_set days);

/* What a span of DAYS gets of the units that are left for it and the later ones: whole units where that is possible, one for each. */
double units_share(double left, struct day_set days, size_t place);

#endif
