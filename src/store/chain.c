/* SPDX-License-Identifier: Apache-2.0 */
#include "store/chain.h"

#include <string.h>

/* Big-endian, so that the canonical bytes are the same on every machine. */
static void put_integer(unsigned char bytes[8], int64_t value)
{
	const uint64_t unsigned_value = (uint64_t)value;

	for (int i = 0; i < 8; i++) {
		bytes[i] = (unsigned char)(unsigned_value >> (56 - 8 * i));
	}
}

static struct digest_part part_text(const char *text)
{
	return (struct digest_part){text, strlen(text)};
}

struct digest chain_hash(int64_t sequence, const struct event_row *event, const struct digest *previous)
{
	unsigned char number[8];
	unsigned char at[8];

	put_integer(number, sequence);
	put_integer(at, event->at.us);
	const struct digest_part parts[] = {
		{number, sizeof(number)},
		{at, sizeof(at)},
		part_text(event->actor),
		part_text(event->actor_role),
		part_text(event->action),
		part_text(event->request_id),
		{event->detail_digest.bytes, DIGEST_SIZE},
		{previous->bytes, DIGEST_SIZE},
	};
	return digest_parts(parts, sizeof(parts) / sizeof(parts[0]));
}

struct digest event_detail_digest(const unsigned char salt[16], const char *snapshot, size_t length)
{
	const struct digest_part parts[] = {{salt, 16}, {snapshot, length}};

	return digest_parts(parts, 2);
}
