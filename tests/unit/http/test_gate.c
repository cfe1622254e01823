/* SPDX-License-Identifier: Apache-2.0 */
/* The gate by itself; what it makes of whole requests is in tests/http/hostile_raw.mjs. */
#include "http/gate.h"

#include "../run_suite.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS_MAX = 8 };

static const struct {
	const char *name;
	const char *method;
	const char *version;
	const char *fields[FIELDS_MAX]; /* name, value, name, value ... */
	enum err_code code;
} heads[] = {
	{"plain", "GET", "HTTP/1.1", {"Host", "x"}, ERR_NONE},
	{"port", "GET", "HTTP/1.1", {"Host", "[::1]:8080"}, ERR_NONE},
	{"no host", "GET", "HTTP/1.1", {"X", "x"}, ERR_BAD_REQUEST},
	{"two hosts", "GET", "HTTP/1.1", {"Host", "x", "HOST", "x"}, ERR_BAD_REQUEST},
	{"host with user", "GET", "HTTP/1.1", {"Host", "a@b"}, ERR_BAD_REQUEST},
	{"length", "POST", "HTTP/1.1", {"Host", "x", "Content-Length", "5"}, ERR_NONE},
	{"length with a sign", "POST", "HTTP/1.1", {"Host", "x", "Content-Length", "+5"}, ERR_BAD_REQUEST},
	{"length in words", "POST", "HTTP/1.1", {"Host", "x", "Content-Length", "five"}, ERR_BAD_REQUEST},
	{"length of 19 digits", "POST", "HTTP/1.1", {"Host", "x", "Content-Length", "1000000000000000000"}, ERR_BAD_REQUEST},
	{"both framings",
	 "POST",
	 "HTTP/1.1",
	 {"Host", "x", "Content-Length", "5", "Transfer-Encoding", "chunked"},
	 ERR_BAD_REQUEST},
	{"chunked", "POST", "HTTP/1.1", {"Host", "x", "Transfer-Encoding", "chunked"}, ERR_NONE},
	{"chunked twice", "POST", "HTTP/1.1", {"Host", "x", "Transfer-Encoding", "chunked, chunked"}, ERR_BAD_REQUEST},
	{"chunked in 1.0", "POST", "HTTP/1.0", {"Host", "x", "Transfer-Encoding", "chunked"}, ERR_BAD_REQUEST},
	{"body on GET", "GET", "HTTP/1.1", {"Host", "x", "Content-Length", "1"}, ERR_BAD_REQUEST},
	{"body on HEAD", "HEAD", "HTTP/1.1", {"Host", "x", "Transfer-Encoding", "chunked"}, ERR_BAD_REQUEST},
	{"no body on GET", "GET", "HTTP/1.1", {"Host", "x", "Content-Length", "0"}, ERR_NONE},
	{"name with a space", "GET", "HTTP/1.1", {"Host", "x", "a b", "c"}, ERR_BAD_REQUEST},
	{"empty name", "GET", "HTTP/1.1", {"Host", "x", "", "c"}, ERR_BAD_REQUEST},
	{"carriage return", "GET", "HTTP/1.1", {"Host", "x", "a", "b\rc"}, ERR_BAD_REQUEST},
	{"tab in a value", "GET", "HTTP/1.1", {"Host", "x", "a", "b\tc"}, ERR_NONE},
	{"compressed", "POST", "HTTP/1.1", {"Host", "x", "Content-Encoding", "br"}, ERR_MEDIA_TYPE},
	{"version 1.2", "GET", "HTTP/1.2", {"Host", "x"}, ERR_BAD_REQUEST},
	{"empty method", "", "HTTP/1.1", {"Host", "x"}, ERR_BAD_REQUEST},
	{"long method", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "HTTP/1.1", {"Host", "x"}, ERR_BAD_REQUEST},
};

static struct head make_head(struct arena *arena, const char *method, const char *version, const char *const *fields)
{
	struct head head = {
		.method = method, .version = version, .fields = arena_array(arena, FIELDS_MAX, sizeof(struct field))};
	for (size_t i = 0; i + 1 < FIELDS_MAX && fields[i] != NULL; i += 2) {
		head.fields[head.count++] = (struct field){fields[i], strlen(fields[i]), fields[i + 1], strlen(fields[i + 1])};
	}
	return head;
}

START_TEST(head_row)
{
	struct arena *arena = arena_create();
	struct http_limits limits;
	http_limits_default(&limits);
	struct head head = make_head(arena, heads[_i].method, heads[_i].version, heads[_i].fields);
	struct err err = {.code = ERR_NONE};
	const bool passed = gate_head(&head, &limits, arena, &err);
	ck_assert_msg(passed == (heads[_i].code == ERR_NONE), "%s: %s", heads[_i].name, err.detail);
	ck_assert_msg(err.code == heads[_i].code, "%s: %s", heads[_i].name, err.detail);
	arena_destroy(arena);
}
END_TEST

START_TEST(framing_is_read)
{
	struct arena *arena = arena_create();
	struct http_limits limits;
	http_limits_default(&limits);
	const char *const fields[FIELDS_MAX] = {"Host", "x", "content-length", "4711 \t", "expect", "100-Continue"};
	struct head head = make_head(arena, "POST", "HTTP/1.1", fields);
	struct err err;
	ck_assert(gate_head(&head, &limits, arena, &err));
	ck_assert_uint_eq(head.content_length, 4711);
	ck_assert(head.expects_continue && !head.chunked);
	ck_assert_str_eq(head_field(&head, "Content-Length"), "4711");
	ck_assert_ptr_null(head_field(&head, "Content-Lengt"));
	arena_destroy(arena);
}
END_TEST

START_TEST(sizes)
{
	struct arena *arena = arena_create();
	struct http_limits limits;
	http_limits_default(&limits);
	limits.header_count = 2;
	limits.header_bytes = 30;
	const char *const two[FIELDS_MAX] = {"Host", "x", "a", "12345678901234567890"};
	const char *const three[FIELDS_MAX] = {"Host", "x", "a", "1", "b", "2"};
	struct err err;
	struct head exact = make_head(arena, "GET", "HTTP/1.1", two);
	ck_assert(!gate_head(&exact, &limits, arena, &err));
	ck_assert_int_eq(err.code, ERR_HEADERS);
	limits.header_bytes = 34;
	exact = make_head(arena, "GET", "HTTP/1.1", two);
	ck_assert_msg(gate_head(&exact, &limits, arena, &err), "%s", err.detail);
	struct head many = make_head(arena, "GET", "HTTP/1.1", three);
	ck_assert(!gate_head(&many, &limits, arena, &err));
	ck_assert_int_eq(err.code, ERR_HEADERS);
	arena_destroy(arena);
}
END_TEST

static const struct {
	const char *target;
	enum err_code code;
} targets[] = {
	{"/", ERR_NONE},
	{"/a/b?c=d/../e//f", ERR_NONE},
	{"/a%20b/%C3%A9", ERR_NONE},
	{"/a?b=%2F%5C", ERR_NONE},
	{"/...", ERR_NONE},
	{"/..a", ERR_NONE},
	{"/.well-known", ERR_NONE},
	{"/a..", ERR_NONE},
	{"", ERR_BAD_REQUEST},
	{"a", ERR_BAD_REQUEST},
	{"*", ERR_BAD_REQUEST},
	{"http://x/", ERR_BAD_REQUEST},
	{"//a", ERR_BAD_REQUEST},
	{"/a//b", ERR_BAD_REQUEST},
	{"/.", ERR_BAD_REQUEST},
	{"/a/..", ERR_BAD_REQUEST},
	{"/a/../b", ERR_BAD_REQUEST},
	{"/a/..?b", ERR_BAD_REQUEST},
	{"/a/%2e", ERR_BAD_REQUEST},
	{"/a/.%2E/b", ERR_BAD_REQUEST},
	{"/a/%2e./b", ERR_BAD_REQUEST},
	{"/a%00", ERR_BAD_REQUEST},
	{"/a?%00", ERR_BAD_REQUEST},
	{"/a%1f", ERR_BAD_REQUEST},
	{"/a%7F", ERR_BAD_REQUEST},
	{"/a%2fb", ERR_BAD_REQUEST},
	{"/a%5Cb", ERR_BAD_REQUEST},
	{"/a\\b", ERR_BAD_REQUEST},
	{"/a b", ERR_BAD_REQUEST},
	{"/a\x7f", ERR_BAD_REQUEST},
	{"/a\xc3\xa9", ERR_BAD_REQUEST},
	{"/a#b", ERR_BAD_REQUEST},
	{"/a%", ERR_BAD_REQUEST},
	{"/a%2", ERR_BAD_REQUEST},
	{"/a%g0", ERR_BAD_REQUEST},
	{"/a%0g", ERR_BAD_REQUEST},
	{"/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ERR_NONE},
	{"/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ERR_URI_TOO_LONG},
};

START_TEST(target_row)
{
	struct http_limits limits;
	http_limits_default(&limits);
	limits.uri_bytes = 64;
	struct err err = {.code = ERR_NONE};
	const bool passed = gate_target(targets[_i].target, &limits, &err);
	ck_assert_msg(passed == (targets[_i].code == ERR_NONE), "%s", targets[_i].target);
	ck_assert_msg(err.code == targets[_i].code, "%s", targets[_i].target);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("gate");
	TCase *tcase = tcase_create("gate");
	tcase_add_loop_test(tcase, head_row, 0, sizeof(heads) / sizeof(heads[0]));
	tcase_add_loop_test(tcase, target_row, 0, sizeof(targets) / sizeof(targets[0]));
	tcase_add_test(tcase, framing_is_read);
	tcase_add_test(tcase, sizes);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
