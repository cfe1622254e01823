/* SPDX-License-Identifier: Apache-2.0 */
/* The kinds of occurrences of a version, and the members that the list of them needs. */
#include "policy/occurrence.h"
#include "policy/vocabulary.h"

#include <string.h>

struct member {
	const char *name;
	enum value_type type;
	const char *needed; /* in words */
};

static bool find(const struct layout *layout, const struct member *member, const struct spot *spot, struct issues *issues,
		 struct slot *ret_slot)
{
	const struct spot here = spot_member(spot, member->name);
	if (layout_find(layout, member->name, ret_slot) && ret_slot->type == member->type) {
		return true;
	}
	spot_issue(issues, &here, "missing_member", "an occurrence needs this member as %s", member->needed);
	return false;
}

static bool find_members(const struct layout *layout, const struct spot *spot, struct issues *issues,
			 struct occurrence_kinds *made)
{
	const struct {
		struct member member;
		uint16_t *slot; /* or NULL: only the server writes it */
	} rows[] = {
		{{"id", VALUE_TEXT, "text"}, &made->id},
		{{"kind", VALUE_WORD, "one of the declared kinds"}, &made->kind},
		{{"on", VALUE_DATE, "a date"}, &made->on},
		{{"at", VALUE_INSTANT, "a date-time"}, &made->at},
		{{"recorded_by", VALUE_TEXT, "text"}, NULL},
		{{"recorded_at", VALUE_INSTANT, "a date-time"}, NULL},
		{{"retracts", VALUE_TEXT, "text"}, &made->retracts},
		{{"reason", VALUE_TEXT, "text"}, &made->reason},
	};
	bool good = true;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct slot slot = {0};
		good = find(layout, &rows[i].member, spot, issues, &slot) && good;
		if (rows[i].slot) {
			*rows[i].slot = slot.index;
		}
	}
	return good;
}

/* What PUT …/attestations writes. */
static bool find_attestation(const struct layout *layout, const struct spot *spot, struct issues *issues,
			     struct occurrence_kinds *made)
{
	const struct member members[] = {{"item", VALUE_TEXT, "text"},
					 {"expires_on", VALUE_DATE, "a date"},
					 {"by", VALUE_TEXT, "text"},
					 {"note", VALUE_TEXT, "text"}};
	uint16_t *const slots[] = {&made->item, &made->expires_on, NULL, NULL};
	bool good = true;
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		struct slot slot = {0};
		good = find(layout, &members[i], spot, issues, &slot) && good;
		if (slots[i]) {
			*slots[i] = slot.index;
		}
	}
	return good;
}

static struct item_words read_words(struct arena *arena, const struct json *list)
{
	const char **texts = arena_array(arena, json_count(list) + 1, sizeof(*texts));
	struct item_words words = {texts, 0};
	for (const struct json *one = json_first(list); one; one = json_next(one)) {
		texts[words.count++] = json_text(one);
	}
	return words;
}

static struct item_words read_roles(struct arena *arena, const struct json *list)
{
	static const char *const usual[] = {"provider", "intake", "reviewer"};
	return list ? read_words(arena, list) : (struct item_words){usual, sizeof(usual) / sizeof(usual[0])};
}

static const char *with_article(struct arena *arena, const char *title)
{
	static const char *const articles[] = {"the ", "a ", "an "};
	const char *phrase = vocabulary_phrase(arena, title ? title : "");
	for (size_t i = 0; i < sizeof(articles) / sizeof(articles[0]); i++) {
		if (strncmp(phrase, articles[i], strlen(articles[i])) == 0) {
			return phrase;
		}
	}
	return arena_printf(arena, "the %s", phrase);
}

/* The closed list of `kind` and the declarations are the same words; a kind stands at its word. */
static bool place_kinds(struct arena *arena, const struct json *declared, const struct slot *kind, const struct spot *spot,
			struct issues *issues, struct occurrence_kinds *made)
{
	bool good = kind->word_count == json_count(declared);
	made->count = kind->word_count;
	made->kinds = arena_array(arena, made->count + 1, sizeof(*made->kinds));
	for (size_t i = 0; i < made->count; i++) {
		const struct json *one = json_member(declared, kind->words[i]);
		const struct json *needs_approval = json_member(one, "needs_approval");
		good = good && one;
		made->kinds[i] = (struct occurrence_kind){.name = kind->words[i],
							  .title = json_text(json_member(one, "title")),
							  .phrase = with_article(arena, json_text(json_member(one, "title"))),
							  .by = read_roles(arena, json_member(one, "by")),
							  .needs = read_words(arena, json_member(one, "needs")),
							  .needs_approval = needs_approval && json_boolean(needs_approval)};
		if (strcmp(kind->words[i], occurrence_attestation) == 0) {
			made->attests = true;
			made->attestation = (uint16_t)i;
		}
	}
	if (!good) {
		spot_issue(issues, spot, "wrong_kinds", "must be the words of the member kind of %s", occurrence_list);
	}
	return good;
}

/* What a kind needs is a member of the elements. */
static bool check_needs(const struct layout *layout, const struct spot *spot, struct issues *issues,
			const struct occurrence_kinds *made)
{
	bool good = true;
	for (size_t i = 0; i < made->count; i++) {
		const struct item_words *needs = &made->kinds[i].needs;
		const struct spot at_kind = spot_member(spot, made->kinds[i].name);
		const struct spot at_needs = spot_member(&at_kind, "needs");
		for (size_t k = 0; k < needs->count; k++) {
			const struct spot here = spot_element(&at_needs, k);
			struct slot slot;
			if (!layout_find(layout, needs->list[k], &slot)) {
				spot_issue(issues, &here, "dangling_pointer", "the elements have no member %s", needs->list[k]);
				good = false;
			}
		}
	}
	return good;
}

bool occurrences_load(struct arena *arena, const struct json *manifest, const struct spot *spot, struct issues *issues,
		      struct vocabulary *vocabulary)
{
	const struct json *declared = json_member(manifest, "occurrences");
	const struct layout *layout = shape_elements(vocabulary->request, occurrence_list);
	const struct spot here = spot_member(spot, "occurrences");
	const struct spot at_facts = spot_member(spot, "facts");
	const struct spot at_list = spot_member(&at_facts, "occurrences");
	struct slot list;
	struct slot kind;
	if (!declared && !layout) {
		return true;
	}
	if (!declared || !layout || !shape_find(vocabulary->request, occurrence_list, &list)) {
		spot_issue(issues, declared ? &at_list : &here, "missing_member",
			   "kinds of occurrences and the fact occurrences, a list of objects, go together");
		return false;
	}
	struct occurrence_kinds *made = arena_alloc(arena, sizeof(*made));
	int64_t most = 0;
	(void)json_integer(json_at(manifest, "/facts/occurrences/maxItems"), &most);
	made->most = (size_t)most;
	made->list = list.index;
	if (!find_members(layout, &at_list, issues, made) || !layout_find(layout, "kind", &kind) ||
	    !place_kinds(arena, declared, &kind, &here, issues, made) || !check_needs(layout, &here, issues, made)) {
		return false;
	}
	vocabulary->occurrences = made;
	return !made->attests || find_attestation(layout, &at_list, issues, made);
}
