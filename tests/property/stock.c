/* SPDX-License-Identifier: Apache-2.0 */
#include "stock.h"

#include "../unit/policy/fixture.h"
#include "base/json_write.h"
#include "policy/case.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM_FIRST = 256, LENGTHS_MAX = 128, YEAR = 365 };

static void *grown(struct arena *arena, const void *items, size_t count, size_t size, size_t *room)
{
	*room = *room > 0 ? *room * 2 : ROOM_FIRST;
	void *more = arena_array(arena, *room, size);
	if (count > 0) {
		memcpy(more, items, count * size);
	}
	return more;
}

const char *stock_place(struct arena *arena, const char *pointer)
{
	struct text text;
	text_init(&text, arena, strlen(pointer) + 8);
	text_puts(&text, "");
	for (const char *at = pointer; *at == '/';) {
		const size_t length = strcspn(at + 1, "/");
		const bool element = strspn(at + 1, "0123456789-") == length;
		text_puts(&text, "/");
		text_add(&text, element ? "*" : at + 1, element ? 1 : length);
		at += 1 + length;
	}
	return text.data;
}

const struct stock_policy *stock_of(const struct stock *stock, const struct policy *policy)
{
	size_t place = 0;
	while (policy_set_at(stock->set, place) != policy) {
		place++;
	}
	return &stock->policies[place];
}

static void add_values(struct arena *arena, struct stock_policy *policy, const struct json *node, const char *place)
{
	for (const struct json *one = json_first(node); one; one = json_next(one)) {
		const char *name = json_name(one);
		const char *here = name ? arena_printf(arena, "%s/%s", place, name) : arena_printf(arena, "%s/*", place);
		if (policy->value_count == policy->value_room) {
			policy->values =
				grown(arena, policy->values, policy->value_count, sizeof(*policy->values), &policy->value_room);
		}
		policy->values[policy->value_count++] = (struct stock_value){here, one};
		add_values(arena, policy, one, here);
	}
}

static const struct program *find_program(const struct program *wanted)
{
	const struct policy *policy = wanted->policy;
	for (size_t i = 0; i < policy->program_count; i++) {
		const struct program *program = &policy->programs[i];
		if (strcmp(program->service, wanted->service) == 0 && strcmp(program->review, wanted->review) == 0) {
			return program;
		}
	}
	return NULL;
}

/* What a case lives in is gone after it: the body is copied. */
static void take(void *context, const char *file, const char *name, const struct submission *submission,
		 const struct json *body)
{
	struct stock *stock = context;
	const struct program *program = find_program(submission->program);
	struct err err = {0};
	struct text text;
	struct json_writer writer;
	if (!program) {
		return;
	}
	text_init(&text, stock->arena, 4096);
	json_writer_init(&writer, &text);
	json_put_tree(&writer, body);
	const struct json *copy = json_parse(stock->arena, text.data, text.length, &json_limits_body, &err);
	ck_assert_msg(copy != NULL, "%s: %s", name, err.detail);
	if (stock->body_count == stock->body_room) {
		stock->bodies =
			grown(stock->arena, stock->bodies, stock->body_count, sizeof(*stock->bodies), &stock->body_room);
	}
	stock->bodies[stock->body_count++] =
		(struct stock_body){.name = arena_printf(stock->arena, "%s %s: %s", program->policy->id, file, name),
				    .program = program,
				    .body = copy,
				    .received_at = submission->received_at,
				    .arrived_at = submission->arrived_at};
	add_values(stock->arena, &stock->policies[stock_of(stock, program->policy) - stock->policies], copy, "");
}

/* Every number of days, hours or years that a window, a clock, a limit or an age of the policy says. */
static void add_lengths(struct stock_policy *policy, const struct json *node)
{
	static const struct {
		const char *name;
		int64_t days;
	} units[] = {{"days", 1}, {"calendar_days", 1}, {"business_days", 1}, {"years", YEAR}};
	for (const struct json *one = json_first(node); one; one = json_next(one)) {
		int64_t amount;
		for (size_t i = 0; i < sizeof(units) / sizeof(units[0]) && json_name(one); i++) {
			if (strcmp(json_name(one), units[i].name) == 0 && json_kind(one) == JSON_NUMBER &&
			    json_integer(one, &amount) && policy->length_count < LENGTHS_MAX) {
				policy->lengths[policy->length_count++] = (int)(amount * units[i].days);
			}
		}
		add_lengths(policy, one);
	}
}

static int by_place(const void *a, const void *b)
{
	return strcmp(((const struct stock_value *)a)->place, ((const struct stock_value *)b)->place);
}

static void ignore(void *context, const struct policy *policy, const char *file, const char *name,
		   const char *const *differences, size_t count)
{
	(void)context;
	(void)policy;
	(void)file;
	(void)name;
	(void)differences;
	(void)count;
}

static void every_program_has_a_body(const struct stock *stock, const struct policy *policy)
{
	for (size_t i = 0; i < policy->program_count; i++) {
		bool found = policy->programs[i].route != NULL;
		for (size_t k = 0; k < stock->body_count; k++) {
			found = found || stock->bodies[k].program == &policy->programs[i];
		}
		ck_assert_msg(found, "%s %s/%s has no case", policy->id, policy->programs[i].service,
			      policy->programs[i].review);
	}
}

void stock_init(struct stock *stock, const char *directory)
{
	*stock = (struct stock){.arena = arena_create()};
	struct issues issues;
	struct case_totals totals;
	issues_init(&issues, stock->arena);
	stock->set = fixture_set(stock->arena, directory);
	const size_t count = policy_set_count(stock->set);
	stock->policies = arena_array(stock->arena, count, sizeof(*stock->policies));
	const struct case_report report = {.each = ignore, .context = stock, .submitted = take};
	for (size_t i = 0; i < count; i++) {
		struct stock_policy *policy = &stock->policies[i];
		policy->policy = policy_set_at(stock->set, i);
		policy->lengths = arena_array(stock->arena, LENGTHS_MAX + 1, sizeof(*policy->lengths));
		policy->lengths[policy->length_count++] = 1;
		for (size_t k = 0; k < policy->policy->item_count; k++) {
			add_lengths(policy, policy->policy->items[k]->json);
		}
	}
	/* Whether the cases hold is another test. */
	(void)policy_cases_run(stock->set, arena_printf(stock->arena, "%s/%s", CHECKOUT, directory), &report, &issues, &totals);
	for (size_t i = 0; i < count; i++) {
		struct stock_policy *policy = &stock->policies[i];
		ck_assert_uint_gt(policy->value_count, 0);
		qsort(policy->values, policy->value_count, sizeof(*policy->values), by_place);
		every_program_has_a_body(stock, policy->policy);
	}
}

void stock_finish(struct stock *stock)
{
	policy_set_destroy(stock->set);
	arena_destroy(stock->arena);
}

const struct stock_value *stock_at(const struct stock_policy *policy, const char *place, size_t *ret_count)
{
	const struct stock_value wanted = {place, NULL};
	const struct stock_value *found = bsearch(&wanted, policy->values, policy->value_count, sizeof(wanted), by_place);
	*ret_count = 0;
	if (!found) {
		return NULL;
	}
	const struct stock_value *end = policy->values + policy->value_count;
	while (found > policy->values && strcmp(found[-1].place, place) == 0) {
		found--;
	}
	while (found + *ret_count < end && strcmp(found[*ret_count].place, place) == 0) {
		++*ret_count;
	}
	return found;
}
