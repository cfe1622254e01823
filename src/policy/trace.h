/* SPDX-License-Identifier: Apache-2.0 */
/* What the checks of one item found: entries, and the days that are concerned. */
#ifndef AR_POLICY_TRACE_H
#define AR_POLICY_TRACE_H

#include "policy/evaluate.h"

struct evaluator;
struct occurrence;
struct condition;

/* What an entry is about, while nobody knows whether it will be listed: putting thousands into words costs more than judging them. */
struct unworded {
	void (*word)(const struct unworded *unworded, const struct evaluator *evaluator, struct entry *entry);
	const struct occurrence *occurrence;
	const struct condition *open; /* or NULL */
	enum problem problem; /* as it was found */
	int most; /* of what may be there, or of days, at most */
	bool unwanted; /* there may be none */
	const struct occurrence *other; /* that it is compared with, or NULL */
	struct civil_date other_on; /* its day, as it was compared */
};

struct trace {
	struct arena *arena;
	struct entry *entries; /* NULL while they are only counted */
	size_t count;
	size_t capacity;
	struct day_set days;
	const char *met_at; /* the paper or element that the last check was met by, for what should not be so; NULL */
	struct day_set met_days; /* the requested days by which it was met, or none */
};

void trace_init(struct trace *trace, struct arena *arena);

/* Adds an entry; its item is set later. FIX may be NULL: then the item's own words are used. In a muted arena it is counted and not kept. */
void trace_add(struct trace *trace, enum problem problem, const char *pointer, struct entry entry);

/* Gives an entry its pointer and its sentence, if it has none yet. */
void entry_word(const struct evaluator *evaluator, struct entry *entry);

/* Drops the entries from MARK on. */
void trace_cut(struct trace *trace, size_t mark);

/* Of the entries from MARK on keeps [FROM, TO). */
void trace_keep(struct trace *trace, size_t mark, size_t from, size_t to);

/* A sentence with a capital first letter. */
const char *sentence(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
