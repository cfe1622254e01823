/* SPDX-License-Identifier: Apache-2.0 */
/* The network address of a client, IPv4 or IPv6, as limits count it. */
#ifndef AR_HTTP_ADDRESS_H
#define AR_HTTP_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

/* IPv6; IPv4 mapped into it. */
struct address {
	unsigned char bytes[16];
};

/* False for a socket that is neither IPv4 nor IPv6. */
bool address_from_socket(const struct sockaddr *from, struct address *ret_address);

/* Reads a numeric address; false for anything else. */
bool address_parse(const char *text, struct address *ret_address);

bool address_equal(const struct address *a, const struct address *b);
bool address_loopback(const struct address *address);

/*
 * What one client is counted by: an IPv4 address whole, the first 64 bits of an IPv6 address (its holder owns
 * all the rest).
 */
struct address address_network(const struct address *address);

/* Spread by SEED, so that nobody can choose addresses that fall together. */
uint64_t address_hash(const struct address *address, uint64_t seed);

#endif
