/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"

#include "../run_suite.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *text;
	const char *hex;
} known[] = { /* FIPS 180-4 examples */
	{"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
	{"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
	{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	 "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

START_TEST(known_digests)
{
	char hex[DIGEST_HEX_SIZE];
	const struct digest digest = digest_of(known[_i].text, strlen(known[_i].text));
	ck_assert_str_eq(digest_hex(&digest, hex), known[_i].hex);
}
END_TEST

START_TEST(parts_are_prefixed_with_their_length)
{
	char flat_long[8 + 258 + 8];
	char body[258];
	memset(body, 'x', sizeof(body));
	memset(flat_long, 'x', sizeof(flat_long));
	memcpy(flat_long, "\0\0\0\0\0\0\1\2", 8);
	memset(flat_long + 8 + 258, 0, 8);
	const struct digest_part two[] = {{body, sizeof(body)}, {NULL, 0}};
	const struct digest expected = digest_of(flat_long, sizeof(flat_long));
	const struct digest got = digest_parts(two, 2);
	ck_assert(digest_equal(&expected, &got));
}
END_TEST

START_TEST(fields_cannot_run_into_each_other)
{
	const struct digest a = digest_parts((const struct digest_part[]){{"ab", 2}, {"c", 1}}, 2);
	const struct digest b = digest_parts((const struct digest_part[]){{"a", 1}, {"bc", 2}}, 2);
	const struct digest c = digest_parts((const struct digest_part[]){{"ab", 2}, {"c", 1}, {"", 0}}, 3);
	ck_assert(!digest_equal(&a, &b));
	ck_assert(!digest_equal(&a, &c));
	const struct digest again = digest_parts((const struct digest_part[]){{"ab", 2}, {"c", 1}}, 2);
	ck_assert(digest_equal(&a, &again));
}
END_TEST

START_TEST(one_bit_makes_digests_differ)
{
	const struct digest a = digest_of("a", 1);
	for (unsigned bit = 0; bit < 8 * DIGEST_SIZE; bit++) {
		struct digest b = a;
		b.bytes[bit / 8] = (unsigned char)(b.bytes[bit / 8] ^ 1U << bit % 8);
		ck_assert(!digest_equal(&a, &b));
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("digest");
	TCase *tcase = tcase_create("digest");
	tcase_add_loop_test(tcase, known_digests, 0, sizeof(known) / sizeof(known[0]));
	tcase_add_test(tcase, parts_are_prefixed_with_their_length);
	tcase_add_test(tcase, fields_cannot_run_into_each_other);
	tcase_add_test(tcase, one_bit_makes_digests_differ);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
