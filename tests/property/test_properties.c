/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What holds of every request, of every service and review that a policy answers, records of care and of providers too: requests like those
 * of the cases, changed at random. PROPERTY_SEED begins elsewhere, PROPERTY_COUNT makes more or fewer, PROPERTY_POLICIES takes others.
 */
#include "holds.h"

#include "../unit/run_suite.h"
#include "base/json_write.h"

#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHARDS = 8, REQUESTS = 24000, READABLE = 2 /* one of so many can be read at least */ };

static uint64_t setting(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);
	return text ? strtoull(text, NULL, 10) : otherwise;
}

static const char *written(struct arena *arena, const struct json *body)
{
	struct text text;
	struct json_writer writer;
	text_init(&text, arena, 4096);
	json_writer_init(&writer, &text);
	json_put_tree(&writer, body);
	return text.data;
}

/* BODY without whatever it fails without. */
static const struct json *shrunk(const struct property *property, const struct trial *trial, const struct json *body,
				 struct arena *arena)
{
	struct arena *scratch = arena_create();
	size_t count = 1;
	for (bool smaller = true; smaller;) {
		smaller = false;
		const char **pointers = body_pointers(arena, body, &count);
		for (size_t i = 0; i < count; i++) {
			const struct json *less = body_set(arena, body, pointers[i], NULL);
			arena_reset(scratch);
			if (less && property->holds(trial, less, scratch) != NULL) {
				body = less;
				smaller = true;
				break;
			}
		}
	}
	arena_destroy(scratch);
	return body;
}

static void tell_failure(const struct property *property, const struct trial *trial, struct arena *arena)
{
	char buffer[INSTANT_TEXT_SIZE];
	const struct json *body = shrunk(property, trial, trial->body, arena);
	ck_abort_msg("%s does not hold: PROPERTY_SEED=%" PRIu64 " PROPERTY_COUNT=1, made from %s, received %s\n%s\n%s",
		     property->name, trial->seed, trial->origin->name,
		     instant_format_utc(trial->submission.received_at, buffer), property->holds(trial, body, arena),
		     written(arena, body));
}

static bool readable(const struct trial *trial, struct arena *arena)
{
	struct judged judged;
	return judge(trial, trial->body, arena, &judged);
}

START_TEST(properties_hold)
{
	const uint64_t total = setting("PROPERTY_COUNT", REQUESTS);
	const uint64_t first = setting("PROPERTY_SEED", 1) + total * (uint64_t)_i / SHARDS;
	const uint64_t end = setting("PROPERTY_SEED", 1) + total * (uint64_t)(_i + 1) / SHARDS;
	const char *directory = getenv("PROPERTY_POLICIES");
	struct stock stock;
	struct arena *arena = arena_create();
	struct arena *scratch = arena_create();
	uint64_t read = 0;
	stock_init(&stock, directory ? directory : "policies");
	for (uint64_t seed = first; seed < end; seed++) {
		struct trial trial;
		arena_reset(arena);
		trial_make(&trial, &stock, seed, arena);
		for (size_t i = 0; i < property_count; i++) {
			arena_reset(scratch);
			if (properties[i].holds(&trial, trial.body, scratch)) {
				tell_failure(&properties[i], &trial, arena);
			}
		}
		arena_reset(scratch);
		read += readable(&trial, scratch);
	}
	ck_assert_msg(read * READABLE >= end - first, "only %" PRIu64 " of %" PRIu64 " could be read", read, end - first);
	arena_destroy(scratch);
	arena_destroy(arena);
	stock_finish(&stock);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("properties");
	TCase *properties_case = tcase_create("properties");
	tcase_set_timeout(properties_case, 300);
	tcase_add_loop_test(properties_case, properties_hold, 0, SHARDS);
	suite_add_tcase(suite, properties_case);
	return run_suite(suite);
}
