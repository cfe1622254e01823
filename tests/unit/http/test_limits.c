/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses, the table of connections with its deadlines, and the count of failed authentications. */
#include "http/address.h"
#include "http/peers.h"
#include "http/throttle.h"

#include "../run_suite.h"

#include <check.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static struct address parsed(const char *text)
{
	struct address address;
	ck_assert_msg(address_parse(text, &address), "%s", text);
	return address;
}

START_TEST(addresses)
{
	const struct address four = parsed("192.0.2.1");
	const struct address mapped = parsed("::ffff:192.0.2.1");
	ck_assert(address_equal(&four, &mapped));
	const struct address loop4 = parsed("127.9.9.9");
	const struct address loop6 = parsed("::1");
	ck_assert(address_loopback(&loop4) && address_loopback(&loop6) && !address_loopback(&four));
	struct address none;
	ck_assert(!address_parse("localhost", &none) && !address_parse("", &none) && !address_parse("1.2.3", &none));

	const struct address a = parsed("2001:db8::1");
	const struct address b = parsed("2001:db8::ffff");
	const struct address c = parsed("2001:db8:0:1::1");
	const struct address net_a = address_network(&a);
	const struct address net_b = address_network(&b);
	const struct address net_c = address_network(&c);
	ck_assert(address_equal(&net_a, &net_b) && !address_equal(&net_a, &net_c));
	const struct address net_four = address_network(&four);
	ck_assert(address_equal(&net_four, &four));
}
END_TEST

START_TEST(connections_are_counted_by_network)
{
	struct peers peers;
	peers_init(&peers, 42);
	const struct address a = parsed("192.0.2.1");
	const struct address b = parsed("192.0.2.2");
	struct peer *first = peers_add(&peers, &a, -1, 0);
	struct peer *middle = peers_add(&peers, &a, -1, 0);
	peers_add(&peers, &a, -1, 0);
	peers_add(&peers, &b, -1, 0);
	ck_assert_uint_eq(peers_count(&peers), 4);
	ck_assert_uint_eq(peers_count_from(&peers, &a), 3);
	ck_assert_uint_eq(peers_count_from(&peers, &b), 1);
	peers_remove(&peers, middle);
	peers_remove(&peers, first);
	ck_assert_uint_eq(peers_count_from(&peers, &a), 1);
	ck_assert_uint_eq(peers_count(&peers), 2);
	peers_finish(&peers);
}
END_TEST

/* Whether the other end of a socket pair sees the end. */
static bool ended(int fd)
{
	char byte;
	return recv(fd, &byte, 1, MSG_DONTWAIT) == 0;
}

START_TEST(deadlines)
{
	struct peers peers;
	peers_init(&peers, 42);
	const struct address address = parsed("192.0.2.1");
	int pair[2];
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	struct peer *peer = peers_add(&peers, &address, pair[0], 1000);
	ck_assert_uint_eq(peers_reap(&peers, 999), 0);
	ck_assert(!ended(pair[1]));
	peer_enter(peer, PEER_WORKING, 0);
	ck_assert_uint_eq(peers_reap(&peers, INT64_MAX), 0);
	ck_assert_uint_eq(peers_close_waiting(&peers), 0);
	ck_assert_uint_eq(peers_close_idle(&peers), 0);
	ck_assert(!ended(pair[1]));
	peer_enter(peer, PEER_ANSWERING, 2000);
	ck_assert_uint_eq(peers_close_idle(&peers), 0);
	ck_assert_uint_eq(peers_reap(&peers, 2000), 1);
	ck_assert(ended(pair[1]));
	ck_assert_uint_eq(peers_reap(&peers, INT64_MAX), 0);
	peers_finish(&peers);
	close(pair[0]);
	close(pair[1]);
}
END_TEST

START_TEST(an_unread_request_is_not_idle)
{
	struct peers peers;
	peers_init(&peers, 42);
	const struct address address = parsed("192.0.2.1");
	int pair[2];
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	struct peer *peer = peers_add(&peers, &address, pair[0], 0);
	peer_enter(peer, PEER_IDLE, 0);
	ck_assert_int_eq(send(pair[1], "G", 1, 0), 1);
	ck_assert_uint_eq(peers_close_idle(&peers), 0);
	char byte;
	ck_assert_int_eq(recv(pair[0], &byte, 1, 0), 1);
	ck_assert_uint_eq(peers_close_idle(&peers), 1);
	ck_assert(ended(pair[1]));
	peers_finish(&peers);
	close(pair[0]);
	close(pair[1]);
}
END_TEST

START_TEST(failures_per_minute)
{
	struct throttle *throttle = calloc(1, sizeof(*throttle));
	throttle_init(throttle, 3, 42);
	const struct address a = parsed("192.0.2.1");
	const struct address b = parsed("192.0.2.2");
	for (int i = 0; i < 3; i++) {
		ck_assert(!throttle_count(throttle, &a, 100));
	}
	ck_assert(throttle_count(throttle, &a, 100));
	ck_assert(!throttle_count(throttle, &b, 100));
	ck_assert(!throttle_count(throttle, &a, 101));
	for (int i = 0; i < 200000; i++) {
		throttle_count(throttle, &a, 102);
	}
	ck_assert(throttle_count(throttle, &a, 102));
	throttle_init(throttle, 0, 42);
	for (int i = 0; i < 10; i++) {
		ck_assert(!throttle_count(throttle, &a, 100));
	}
	free(throttle);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("limits");
	TCase *tcase = tcase_create("limits");
	tcase_add_test(tcase, addresses);
	tcase_add_test(tcase, connections_are_counted_by_network);
	tcase_add_test(tcase, deadlines);
	tcase_add_test(tcase, an_unread_request_is_not_idle);
	tcase_add_test(tcase, failures_per_minute);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
