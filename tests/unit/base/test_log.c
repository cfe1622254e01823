/* SPDX-License-Identifier: Apache-2.0 */
#include "base/log.h"

#include "../run_suite.h"
#include "base/arena.h"
#include "base/instant.h"
#include "base/json.h"

#include <check.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What was written to standard error while RUN ran; the pipe holds it all. */
static size_t captured(void (*run)(void), char *buffer, size_t size)
{
	int ends[2];
	ck_assert_int_eq(pipe(ends), 0);
	const int kept = dup(STDERR_FILENO);
	dup2(ends[1], STDERR_FILENO);
	close(ends[1]);
	run();
	dup2(kept, STDERR_FILENO);
	close(kept);
	size_t length = 0;
	ssize_t got = 1;
	while (got > 0 && length < size - 1) {
		got = read(ends[0], buffer + length, size - 1 - length);
		length += got > 0 ? (size_t)got : 0;
	}
	close(ends[0]);
	buffer[length] = '\0';
	return length;
}

static const struct json *one_line(struct arena *arena, const char *line, size_t length)
{
	struct err err;
	ck_assert_uint_gt(length, 2);
	ck_assert_int_eq(line[length - 1], '\n');
	ck_assert_ptr_eq(strchr(line, '\n'), line + length - 1);
	const struct json *root = json_parse(arena, line, length, &json_limits_body, &err);
	ck_assert_msg(root != NULL, "%s", root == NULL ? err.detail : "");
	return root;
}

static void write_plain(void)
{
	LOG(LOG_WARNING, "request_done", LOG_TEXT("request_id", "abc"), LOG_NUMBER("status", 201), LOG_TEXT("none", (const char *)NULL));
}

START_TEST(a_line_is_one_json_object)
{
	struct arena *arena = arena_create();
	char line[4096];
	const struct json *root = one_line(arena, line, captured(write_plain, line, sizeof(line)));
	int64_t status = 0;
	struct instant at;
	ck_assert_str_eq(json_text(json_member(root, "level")), "warning");
	ck_assert_str_eq(json_text(json_member(root, "event")), "request_done");
	ck_assert_str_eq(json_text(json_member(root, "request_id")), "abc");
	ck_assert_str_eq(json_text(json_member(root, "none")), "");
	ck_assert(json_integer(json_member(root, "status"), &status));
	ck_assert_int_eq(status, 201);
	ck_assert(instant_parse(json_text(json_member(root, "at")), &at));
	ck_assert_int_lt(instant_since(instant_now(), at).us, INT64_C(60000000));
	arena_destroy(arena);
}
END_TEST

static void write_hostile(void)
{
	static char text[2000];
	memset(text, 'x', 511);
	memcpy(text + 511, "\xE2\x82\xAC more", 8);
	LOG(LOG_ERROR, "hostile", LOG_TEXT("line", "a\nb\r\"\\\x01\x7F"), LOG_TEXT("bytes", "ok \xFF\xC0\xAF \xC3\xA4"), LOG_TEXT("long", text));
}

START_TEST(hostile_text_is_escaped_replaced_and_cut)
{
	struct arena *arena = arena_create();
	char line[8192];
	const struct json *root = one_line(arena, line, captured(write_hostile, line, sizeof(line)));
	ck_assert_str_eq(json_text(json_member(root, "line")), "a\nb\r\"\\\x01\x7F");
	ck_assert_str_eq(json_text(json_member(root, "bytes")), "ok ??? \xC3\xA4");
	ck_assert_uint_eq(strlen(json_text(json_member(root, "long"))), 511);
	arena_destroy(arena);
}
END_TEST

static void write_all_levels(void)
{
	for (int level = LOG_ERROR; level <= LOG_DEBUG; level++) {
		LOG((enum log_level)level, "e", LOG_NUMBER("n", level));
	}
}

START_TEST(the_level_silences)
{
	char lines[4096];
	for (int level = LOG_ERROR; level <= LOG_DEBUG; level++) {
		log_set_level((enum log_level)level);
		const size_t length = captured(write_all_levels, lines, sizeof(lines));
		int count = 0;
		for (size_t i = 0; i < length; i++) {
			count += lines[i] == '\n';
		}
		ck_assert_int_eq(count, level + 1);
	}
}
END_TEST

static void *write_many(void *nothing)
{
	for (int i = 0; i < 40; i++) {
		LOG(LOG_ERROR, "from_a_thread", LOG_NUMBER("i", i), LOG_TEXT("text", "some text of some length"));
	}
	return nothing;
}

static void write_from_threads(void)
{
	pthread_t threads[4];
	for (int i = 0; i < 4; i++) {
		ck_assert_int_eq(pthread_create(&threads[i], NULL, write_many, NULL), 0);
	}
	for (int i = 0; i < 4; i++) {
		pthread_join(threads[i], NULL);
	}
}

START_TEST(lines_of_threads_do_not_mix)
{
	static char lines[65536];
	struct arena *arena = arena_create();
	captured(write_from_threads, lines, sizeof(lines));
	int count = 0;
	for (char *line = lines; *line != '\0'; count++) {
		struct err err;
		char *end = strchr(line, '\n');
		ck_assert_ptr_nonnull(end);
		ck_assert_ptr_nonnull(json_parse(arena, line, (size_t)(end - line), &json_limits_body, &err));
		line = end + 1;
	}
	ck_assert_int_eq(count, 160);
	arena_destroy(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("log");
	TCase *tcase = tcase_create("log");
	tcase_add_test(tcase, a_line_is_one_json_object);
	tcase_add_test(tcase, hostile_text_is_escaped_replaced_and_cut);
	tcase_add_test(tcase, the_level_silences);
	tcase_add_test(tcase, lines_of_threads_do_not_mix);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
