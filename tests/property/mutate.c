/* SPDX-License-Identifier: Apache-2.0 */
#include "mutate.h"

#include "base/text.h"

#include <check.h>
#include <string.h>

enum { POINTERS_MAX = 4000, CHANGES_MAX = 4, DAY_HOURS = 24 };

const struct json *json_of(struct arena *arena, const char *text)
{
	struct err err = {0};
	const struct json *json = json_parse(arena, text, strlen(text), &json_limits_file, &err);
	ck_assert_msg(json != NULL, "%s in %s", err.detail, text);
	return json;
}

const struct json *body_set(struct arena *arena, const struct json *body, const char *pointer, const struct json *value)
{
	struct err err = {0};
	return json_edit(arena, body, pointer, value, &err);
}

struct pointers {
	struct arena *arena;
	const char **list;
	size_t count;
};

static void add_pointers(struct pointers *pointers, const struct json *node, const char *pointer)
{
	size_t index = 0;
	for (const struct json *one = json_first(node); one && pointers->count < POINTERS_MAX; one = json_next(one), index++) {
		const char *name = json_name(one);
		const char *here = name ? arena_printf(pointers->arena, "%s/%s", pointer, name)
					: arena_printf(pointers->arena, "%s/%zu", pointer, index);
		pointers->list[pointers->count++] = here;
		add_pointers(pointers, one, here);
	}
}

static bool names_the_program(const char *name)
{
	return strcmp(name, "payer") == 0 || strcmp(name, "service") == 0 || strcmp(name, "review") == 0;
}

const char **body_pointers(struct arena *arena, const struct json *body, size_t *ret_count)
{
	struct pointers pointers = {arena, arena_array(arena, POINTERS_MAX + 1, sizeof(*pointers.list)), 0};
	for (const struct json *one = json_first(body); one; one = json_next(one)) {
		if (!names_the_program(json_name(one))) {
			const char *here = arena_printf(arena, "/%s", json_name(one));
			pointers.list[pointers.count++] = here;
			add_pointers(&pointers, one, here);
		}
	}
	*ret_count = pointers.count;
	return pointers.list;
}

/* One of the policy's lengths, a day less or more, before or after. */
static int64_t some_days(struct dice *dice, const struct stock_policy *policy)
{
	const int64_t length = policy->lengths[roll(dice, policy->length_count)] + (int64_t)roll(dice, 3) - 1;
	return roll(dice, 2) > 0 ? length : -length;
}

static const struct json *other_text(struct arena *arena, struct dice *dice, const struct stock_policy *policy,
				     const char *text, const char *place)
{
	struct civil_date date;
	struct instant at;
	struct slot slot;
	char buffer[INSTANT_TEXT_SIZE];
	if (civil_parse(text, &date)) {
		date = civil_add_days(date, (int)some_days(dice, policy));
		return json_of(arena, arena_printf(arena, "\"%s\"", civil_format(date, buffer)));
	}
	if (instant_parse(text, &at)) {
		at = instant_add(at, span_hours(some_days(dice, policy) * (roll(dice, 2) > 0 ? DAY_HOURS : 1)));
		return json_of(arena, arena_printf(arena, "\"%s\"", instant_format_utc(at, buffer)));
	}
	if (shape_find(policy->policy->request, place, &slot) && slot.word_count > 0) {
		return json_of(arena, arena_printf(arena, "\"%s\"", slot.words[roll(dice, slot.word_count)]));
	}
	static const char *const texts[] = {"\"\"", "\" \"", "\"x\"", "\"0000000000\""};
	return json_of(arena, texts[roll(dice, sizeof(texts) / sizeof(texts[0]))]);
}

/* Another value of the same type. */
static const struct json *other(struct arena *arena, struct dice *dice, const struct stock_policy *policy,
				const struct json *node, const char *place)
{
	static const char *const factors[] = {"0", "1", "-1", "0.5", "13", "14", "15", "1000000"};
	switch (json_kind(node)) {
	case JSON_TEXT: return other_text(arena, dice, policy, json_text(node), place);
	case JSON_BOOLEAN: return json_of(arena, json_boolean(node) ? "false" : "true");
	case JSON_NUMBER: return json_of(arena, factors[roll(dice, sizeof(factors) / sizeof(factors[0]))]);
	case JSON_ARRAY: return json_of(arena, "[]");
	case JSON_OBJECT: return json_of(arena, "{}");
	case JSON_NULL: break;
	}
	size_t count;
	const struct stock_value *values = stock_at(policy, place, &count);
	return count > 0 ? values[roll(dice, count)].value : node;
}

/* The last element of a list once more, under another id where it has one. */
static const struct json *doubled(struct arena *arena, struct dice *dice, const struct json *body, const char *pointer)
{
	const struct json *list = json_at(body, pointer);
	if (!list || json_kind(list) != JSON_ARRAY || json_count(list) == 0) {
		return NULL;
	}
	const struct json *one = json_first(list);
	for (size_t skip = roll(dice, json_count(list)); skip > 0; skip--) {
		one = json_next(one);
	}
	const char *id = json_text(json_member(one, "id"));
	if (id && roll(dice, 4) > 0) {
		one = body_set(arena, one, "/id", json_of(arena, arena_printf(arena, "\"x%zu\"", roll(dice, 1000000))));
	}
	return body_set(arena, body, arena_printf(arena, "%s/-", pointer), one);
}

/* What stands in another body stands here too: asterisks of its place are elements of this one, or a new one at the end. */
static const struct json *transplanted(struct arena *arena, struct dice *dice, const struct stock_policy *policy,
				       const struct json *body)
{
	const struct stock_value *value = &policy->values[roll(dice, policy->value_count)];
	struct text pointer;
	text_init(&pointer, arena, 64);
	text_puts(&pointer, "");
	for (const char *at = value->place; *at == '/';) {
		const size_t length = strcspn(at + 1, "/");
		const struct json *parent = json_at(body, pointer.data);
		if (at[1] == '*') {
			const size_t count = parent ? json_count(parent) : 0;
			const bool last = at[2] == '\0';
			if (count == 0 || (last && roll(dice, 2) > 0)) {
				text_puts(&pointer, "/-");
			} else {
				text_printf(&pointer, "/%zu", roll(dice, count));
			}
		} else {
			text_add(&pointer, at, length + 1);
		}
		at += 1 + length;
	}
	return names_the_program(pointer.data + 1) ? NULL : body_set(arena, body, pointer.data, value->value);
}

static const struct json *changed(struct arena *arena, struct dice *dice, const struct stock_policy *policy,
				  const struct json *body)
{
	size_t count;
	const char **pointers = body_pointers(arena, body, &count);
	const char *pointer = count > 0 ? pointers[roll(dice, count)] : NULL;
	switch (pointer ? roll(dice, 8) : 7) {
	case 0: return body_set(arena, body, pointer, NULL);
	case 1: return body_set(arena, body, pointer, json_of(arena, "null"));
	case 2: return doubled(arena, dice, body, pointer);
	case 3:
	case 4:
	case 5:
		return body_set(arena, body, pointer,
				other(arena, dice, policy, json_at(body, pointer), stock_place(arena, pointer)));
	default: return transplanted(arena, dice, policy, body);
	}
}

static void tell_events(struct trial *trial, struct dice *dice)
{
	const struct program *program = trial->submission.program;
	for (size_t i = 0; i < program->item_count; i++) {
		const struct item *item = program->items[i];
		if (item->kind == KIND_GATE && item->event && trial->submission.event_count + 2 < EVENTS_MAX &&
		    roll(dice, 2) > 0) {
			const struct instant at =
				instant_add(trial->submission.received_at, span_hours((int64_t)roll(dice, 100)));
			trial->events[trial->submission.event_count++] = (struct recorded_event){item->event, at};
			if (item->certified_as && roll(dice, 2) > 0) {
				trial->events[trial->submission.event_count++] =
					(struct recorded_event){item->certified_as, at};
			}
		}
		if (item->kind == KIND_ON_REQUEST && trial->submission.asked_count < ASKED_MAX && roll(dice, 4) == 0) {
			trial->asked[trial->submission.asked_count++] = item->id;
		}
	}
	trial->submission.events = trial->events;
	trial->submission.asked = trial->asked;
}

/* When it came, and what is known besides. */
static void tell(struct trial *trial, struct dice *dice, const struct stock_policy *policy)
{
	const struct stock_body *origin = trial->origin;
	struct submission *submission = &trial->submission;
	const struct zone *zone = origin->program->policy->zone;
	const int64_t moved = roll(dice, 4) == 0 ? some_days(dice, policy) * DAY_HOURS + (int64_t)roll(dice, DAY_HOURS) : 0;
	*submission = (struct submission){.set = trial->stock->set, .program = origin->program};
	submission->received_at = instant_add(origin->received_at, span_hours(moved));
	submission->arrived_at = instant_add(submission->received_at, instant_since(origin->arrived_at, origin->received_at));
	submission->received_on = zone_date(zone, submission->received_at);
	submission->today = zone_date(zone, submission->arrived_at);
	submission->verified = (unsigned)roll(dice, 16) & (unsigned)roll(dice, 16);
	tell_events(trial, dice);
}

void trial_make(struct trial *trial, const struct stock *stock, uint64_t seed, struct arena *arena)
{
	struct dice dice = {seed * UINT64_C(0x9E3779B97F4A7C15) + 1};
	(void)roll(&dice, 2);
	*trial = (struct trial){.stock = stock, .origin = &stock->bodies[roll(&dice, stock->body_count)], .seed = seed};
	const struct stock_policy *policy = stock_of(stock, trial->origin->program->policy);
	trial->body = trial->origin->body;
	for (size_t left = roll(&dice, CHANGES_MAX) + 1; left > 0; left--) {
		const struct json *next = changed(arena, &dice, policy, trial->body);
		trial->body = next ? next : trial->body;
	}
	tell(trial, &dice, policy);
}
