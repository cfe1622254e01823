/* SPDX-License-Identifier: Apache-2.0 */
#include "base/ident.h"

#include "../run_suite.h"

#include <check.h>
#include <ctype.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

START_TEST(ids_are_sortable_ulids)
{
	struct ident_source *source = ident_create(7);
	char before[IDENT_ID_SIZE];
	char id[IDENT_ID_SIZE];
	ident_id(source, "req_", (struct instant){INT64_C(1469922850259000)}, before);
	ck_assert_int_eq(strncmp(before, "req_01ARZ3NDEK", 14), 0); /* the time of the ULID specification's example */
	ck_assert_uint_eq(strlen(before), 4 + 26);
	ck_assert_uint_eq(strspn(before + 4, crockford), 26);
	for (int i = 0; i < 5000; i++) { /* the clock stands, goes back and goes on */
		const int64_t us = INT64_C(1469922850259000) + (i % 3 - 1) * INT64_C(500000) + i;
		ident_id(source, "req_", (struct instant){us}, id);
		ck_assert_msg(strcmp(before, id) < 0, "%s then %s", before, id);
		memcpy(before, id, sizeof(id));
	}
	ident_id(source, "svc_", (struct instant){-5}, id);
	ck_assert_int_gt(strcmp(id + 4, before + 4), 0);
	ident_destroy(source);
	ident_destroy(NULL);
}
END_TEST

START_TEST(a_seed_repeats_and_no_seed_does_not)
{
	struct ident_source *sources[] = {ident_create(42), ident_create(42), ident_create(43), ident_create(0), ident_create(0)};
	char made[5][IDENT_TOKEN_SIZE];
	for (unsigned i = 0; i < 5; i++) {
		ident_token(sources[i], "intake", made[i]);
	}
	ck_assert_str_eq(made[0], made[1]);
	ck_assert_str_ne(made[0], made[2]);
	ck_assert_str_ne(made[3], made[4]);
	char a[IDENT_ID_SIZE];
	char b[IDENT_ID_SIZE];
	const struct instant now = {INT64_C(1800000000000000)};
	ck_assert_str_eq(ident_id(sources[0], "req_", now, a), ident_id(sources[1], "req_", now, b));
	for (unsigned i = 0; i < 5; i++) {
		ident_destroy(sources[i]);
	}
}
END_TEST

static const unsigned places[] = {3, 4, 5, 6, 8, 9, 10, 11, 13};

/* The sum as a reader works it out: digits times powers of a over GF(32), from the check digit to the left. */
static bool sum_vanishes(const char *number)
{
	unsigned sum = 0;
	unsigned weight = 1;
	for (unsigned place = 9; place > 0; place--) {
		const unsigned digit = (unsigned)(strchr(crockford, number[places[place - 1]]) - crockford);
		for (unsigned bit = 0, product = weight; bit < 5; bit++) {
			sum ^= digit & (1U << bit) ? product : 0;
			product = product & 16 ? (product << 1) ^ 0x25 : product << 1;
		}
		weight = weight & 16 ? (weight << 1) ^ 0x25 : weight << 1;
	}
	return sum == 0;
}

/* Each wrong digit at each place, and each exchange of neighbours across the dashes, is refused. */
START_TEST(the_check_digit_catches_slips)
{
	struct ident_source *source = ident_create(11);
	char number[IDENT_TRACKING_SIZE];
	for (int sample = 0; sample < 500; sample++) {
		ident_tracking(source, number);
		ck_assert_msg(strlen(number) == 14 && strncmp(number, "AR-", 3) == 0 && number[7] == '-' && number[12] == '-',
			      "%s", number);
		ck_assert_msg(sum_vanishes(number), "%s", number);
		for (unsigned i = 0; i < 9; i++) {
			const char kept = number[places[i]];
			for (const char *digit = crockford; *digit != '\0'; digit++) {
				number[places[i]] = *digit;
				ck_assert_msg(sum_vanishes(number) == (*digit == kept), "%s", number);
			}
			number[places[i]] = kept;
		}
		for (unsigned i = 0; i < 8; i++) {
			const char left = number[places[i]];
			const char right = number[places[i + 1]];
			number[places[i]] = right;
			number[places[i + 1]] = left;
			ck_assert_msg(sum_vanishes(number) == (left == right), "%s", number);
			number[places[i]] = left;
			number[places[i + 1]] = right;
		}
	}
	ident_destroy(source);
}
END_TEST

START_TEST(tokens_have_form_and_checksum)
{
	static const char *const roles[] = {"admin", "policy_author", "con_reviewer"};
	struct ident_source *source = ident_create(0);
	for (unsigned i = 0; i < 3; i++) {
		char token[IDENT_TOKEN_SIZE];
		ident_token(source, roles[i], token);
		const size_t start = 3 + strlen(roles[i]) + 1;
		ck_assert_uint_eq(strlen(token), start + 43 + 1 + 8);
		ck_assert_int_eq(strncmp(token, "ar_", 3), 0);
		ck_assert_int_eq(strncmp(token + 3, roles[i], strlen(roles[i])), 0);
		for (unsigned j = 0; j < 43; j++) {
			const char letter = token[start + j];
			ck_assert_msg(isalnum((unsigned char)letter) || letter == '-' || letter == '_', "%s", token);
		}
		ck_assert_int_eq(token[start + 43], '_');
		ck_assert_uint_eq(strspn(token + start + 44, "0123456789abcdef"), 8);
	}
	ident_destroy(source);
}
END_TEST

/* Computed apart from this code: xoshiro256** seeded by splitmix64, RFC 4648 base64url, CRC-32 as in zlib. */
START_TEST(a_seeded_token_is_known)
{
	struct ident_source *source = ident_create(1);
	char token[IDENT_TOKEN_SIZE];
	ck_assert_str_eq(ident_token(source, "admin", token), "ar_admin_xRDHD22v8rPqTDZHllU7hRRFKghWl_iSp6NmwnscLmQ_8cc63365");
	ident_destroy(source);
}
END_TEST

enum { THREADS = 4, EACH = 2000 };

struct worker {
	struct ident_source *source;
	char ids[EACH][IDENT_ID_SIZE];
};

static void *make_ids(void *argument)
{
	struct worker *worker = argument;
	for (int i = 0; i < EACH; i++) {
		ident_id(worker->source, "req_", (struct instant){INT64_C(1800000000000000) + i * 10}, worker->ids[i]);
	}
	return NULL;
}

static int compare_ids(const void *a, const void *b)
{
	return strcmp(a, b);
}

START_TEST(threads_never_get_the_same_id)
{
	struct ident_source *source = ident_create(0);
	struct worker *workers = calloc(THREADS, sizeof(*workers));
	char (*all)[IDENT_ID_SIZE] = calloc(THREADS * EACH, IDENT_ID_SIZE);
	pthread_t threads[THREADS];
	ck_assert(workers != NULL && all != NULL);
	for (int i = 0; i < THREADS; i++) {
		workers[i].source = source;
		ck_assert_int_eq(pthread_create(&threads[i], NULL, make_ids, &workers[i]), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		memcpy(all[i * EACH], workers[i].ids, sizeof(workers[i].ids));
	}
	qsort(all, THREADS * EACH, IDENT_ID_SIZE, compare_ids);
	for (int i = 1; i < THREADS * EACH; i++) {
		ck_assert_str_ne(all[i - 1], all[i]);
	}
	free(all);
	free(workers);
	ident_destroy(source);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("ident");
	TCase *tcase = tcase_create("ident");
	tcase_set_timeout(tcase, 30);
	tcase_add_test(tcase, ids_are_sortable_ulids);
	tcase_add_test(tcase, a_seed_repeats_and_no_seed_does_not);
	tcase_add_test(tcase, the_check_digit_catches_slips);
	tcase_add_test(tcase, tokens_have_form_and_checksum);
	tcase_add_test(tcase, a_seeded_token_is_known);
	tcase_add_test(tcase, threads_never_get_the_same_id);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
