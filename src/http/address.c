/* SPDX-License-Identifier: Apache-2.0 */
#include "http/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static bool is_mapped(const struct address *address)
{
	return memcmp(address->bytes, mapped, sizeof(mapped)) == 0;
}

static void set_mapped(const void *four, struct address *ret_address)
{
	memcpy(ret_address->bytes, mapped, sizeof(mapped));
	memcpy(ret_address->bytes + sizeof(mapped), four, 4);
}

bool address_from_socket(const struct sockaddr *from, struct address *ret_address)
{
	if (from->sa_family == AF_INET) {
		struct sockaddr_in four;
		memcpy(&four, from, sizeof(four));
		set_mapped(&four.sin_addr, ret_address);
		return true;
	}
	if (from->sa_family == AF_INET6) {
		struct sockaddr_in6 six;
		memcpy(&six, from, sizeof(six));
		memcpy(ret_address->bytes, &six.sin6_addr, sizeof(ret_address->bytes));
		return true;
	}
	return false;
}

bool address_parse(const char *text, struct address *ret_address)
{
	unsigned char bytes[16];
	if (inet_pton(AF_INET, text, bytes) == 1) {
		set_mapped(bytes, ret_address);
		return true;
	}
	if (inet_pton(AF_INET6, text, bytes) == 1) {
		memcpy(ret_address->bytes, bytes, sizeof(bytes));
		return true;
	}
	return false;
}

bool address_equal(const struct address *a, const struct address *b)
{
	return memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

bool address_loopback(const struct address *address)
{
	static const struct address six = {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};
	return is_mapped(address) ? address->bytes[12] == 127 : address_equal(address, &six);
}

struct address address_network(const struct address *address)
{
	struct address network = *address;
	if (!is_mapped(address)) {
		memset(network.bytes + 8, 0, 8);
	}
	return network;
}

uint64_t address_hash(const struct address *address, uint64_t seed)
{
	uint64_t hash = seed ^ UINT64_C(0x9e3779b97f4a7c15);
	for (size_t i = 0; i < sizeof(address->bytes); i++) {
		hash = (hash ^ address->bytes[i]) * UINT64_C(0xff51afd7ed558ccd);
		hash ^= hash >> 32;
	}
	return hash;
}
