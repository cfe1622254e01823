/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/occurrence.h"

#include "base/text.h"
#include "policy/vocabulary.h"

#include <string.h>

const char occurrence_attestation[] = "attestation";
const char occurrence_list[] = "/facts/occurrences";

const struct occurrence_kinds *policy_occurrences(const struct policy *policy)
{
	return policy->vocabulary->occurrences;
}

const struct occurrence_kind *occurrence_kind_find(const struct occurrence_kinds *kinds, const char *name)
{
	for (size_t i = 0; kinds && i < kinds->count; i++) {
		if (strcmp(kinds->kinds[i].name, name) == 0) {
			return &kinds->kinds[i];
		}
	}
	return NULL;
}

bool occurrence_kind_by(const struct occurrence_kind *kind, const char *role)
{
	return item_words_have(&kind->by, role);
}

/* Which of the list another retracts that counts itself: what retracts stands after what it retracts. */
static void mark_retracted(const struct occurrence_kinds *kinds, const struct value *list, const char *const *ids, bool *gone)
{
	for (size_t i = list->count; i > 0; i--) {
		const struct value *retracts = &list->records[i - 1]->values[kinds->retracts];
		if (!value_given(retracts) || gone[i - 1]) {
			continue;
		}
		for (size_t k = 0; k + 1 < i; k++) {
			gone[k] = gone[k] || strcmp(ids[k], retracts->text) == 0;
		}
	}
}

static struct occurrence read_one(const struct occurrence_kinds *kinds, const struct record *record, const char *id,
				  const struct zone *zone)
{
	const struct value *on = &record->values[kinds->on];
	const struct value *at = &record->values[kinds->at];
	struct occurrence made = {.record = record,
				  .place = record->index,
				  .id = id,
				  .kind = record->values[kinds->kind].word,
				  .dated = value_given(on) || value_given(at),
				  .timed = value_given(at)};
	if (made.timed) {
		made.at = at->instant;
		made.on = zone_date(zone, at->instant);
	} else if (made.dated) {
		made.on = on->date;
		made.at = zone_instant(zone, on->date, 0);
	}
	return made;
}

const struct occurrence *occurrences_counting(const struct occurrence_kinds *kinds, const struct record *body,
					      const struct zone *zone, struct arena *arena, size_t *ret_count)
{
	const struct value *list = &body->values[kinds->list];
	*ret_count = 0;
	if (!value_given(list)) {
		return NULL;
	}
	const char **ids = arena_array(arena, list->count + 1, sizeof(*ids));
	bool *gone = arena_array(arena, list->count + 1, sizeof(*gone));
	struct occurrence *counting = arena_array(arena, list->count + 1, sizeof(*counting));
	for (size_t i = 0; i < list->count; i++) {
		const struct value *id = &list->records[i]->values[kinds->id];
		ids[i] = value_given(id) ? id->text : text_numbered(arena, "", 'o', i + 1);
	}
	mark_retracted(kinds, list, ids, gone);
	for (size_t i = 0; i < list->count; i++) {
		const struct record *record = list->records[i];
		const bool retracts = value_given(&record->values[kinds->retracts]);
		if (!gone[i] && !retracts && value_given(&record->values[kinds->kind])) {
			counting[(*ret_count)++] = read_one(kinds, record, ids[i], zone);
		}
	}
	return counting;
}
