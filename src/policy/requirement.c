/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/requirement.h"

#include "policy/phrase.h"

const struct requirement *requirements_of(const struct program *program, struct civil_date day, struct arena *arena,
					  size_t *ret_count)
{
	const struct zone *zone = program->policy->zone;
	const struct window_anchor anchor = {zone, zone_end_of_day(zone, day), day, day};
	struct requirement *requirements = arena_array(arena, program->item_count + 1, sizeof(*requirements));
	for (size_t i = 0; i < program->item_count; i++) {
		const struct item *item = program->items[i];
		const char *earliest = item->window ? window_earliest_text(arena, item->window, &anchor) : NULL;
		requirements[i] = (struct requirement){
			.item = item,
			.text = phrase_earliest(arena, item->text, earliest),
			.ask = phrase_earliest(arena, item->ask, earliest),
			.earliest = earliest,
			.conditional = item->when || item->after,
		};
	}
	*ret_count = program->item_count;
	return requirements;
}
