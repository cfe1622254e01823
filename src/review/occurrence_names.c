/* SPDX-License-Identifier: Apache-2.0 */
#include "review/occurrence_names.h"

#include "base/text.h"

#include <string.h>

static const char *member_text(const struct json *node, const char *name)
{
	return json_text(json_member(node, name));
}

static bool taken(const struct occurrence_names *names, const char *id)
{
	for (size_t i = 0; i < names->count; i++) {
		if (names->ids[i] != NULL && strcmp(names->ids[i], id) == 0) {
			return true;
		}
	}
	return false;
}

/* "o3" for the third of the list, or the next that nobody has taken. */
static void give_ids(struct occurrence_names *names, struct arena *arena)
{
	size_t number = 0;
	for (size_t i = 0; i < names->count; i++) {
		number = number < i ? i : number;
		while (names->ids[i] == NULL) {
			const char *id = arena_printf(arena, "o%zu", ++number);
			names->ids[i] = taken(names, id) ? NULL : id;
		}
	}
}

static bool says(const struct json *node, const char *name, const char *text)
{
	const char *own = member_text(node, name);
	return own != NULL && strcmp(own, text) == 0;
}

/* What retracts stands after what it retracts, and counts unless it was retracted itself. */
static void mark_gone(struct occurrence_names *names)
{
	for (size_t i = names->count; i > 0; i--) {
		const char *of = member_text(names->nodes[i - 1], "retracts");
		for (size_t k = 0; of != NULL && !names->gone[i - 1] && k + 1 < i; k++) {
			names->gone[k] = names->gone[k] || strcmp(names->ids[k], of) == 0;
		}
	}
}

struct occurrence_names occurrence_names(struct arena *arena, const struct json *before, const struct json *added)
{
	const struct json *const lists[] = {before, added};
	const size_t most = json_count(before) + json_count(added);
	struct occurrence_names names = {.nodes = arena_array(arena, most + 1, sizeof(const struct json *)),
					 .ids = arena_array(arena, most + 1, sizeof(*names.ids)),
					 .gone = arena_array(arena, most + 1, sizeof(*names.gone))};
	for (size_t i = 0; i < 2; i++) {
		for (const struct json *node = json_first(lists[i]); node != NULL; node = json_next(node)) {
			const char *id = member_text(node, "id");
			names.ids[names.count] = text_blank(id) ? NULL : id;
			names.nodes[names.count++] = node;
		}
	}
	give_ids(&names, arena);
	mark_gone(&names);
	return names;
}

const struct json *occurrence_named(const struct occurrence_names *names, const char *id, const struct json *end)
{
	for (size_t i = 0; i < names->count && names->nodes[i] != end; i++) {
		if (strcmp(names->ids[i], id) == 0) {
			return names->nodes[i];
		}
	}
	return NULL;
}

bool occurrence_retracted(const struct occurrence_names *names, const char *id, const struct json *self)
{
	for (size_t i = 0; i < names->count; i++) {
		if (names->nodes[i] != self && !names->gone[i] && says(names->nodes[i], "retracts", id)) {
			return true;
		}
	}
	return false;
}
