/* SPDX-License-Identifier: Apache-2.0 */
#include "store/chain.h"

#include "store/canon.h"

#include <string.h>

static struct digest_part part_text(const char *text)
{
	return (struct digest_part){text, strlen(text)};
}

struct digest chain_hash(int64_t sequence, const struct event_row *event, const struct chain_cover *cover,
			 const struct digest *previous)
{
	unsigned char number[CANON_INTEGER_SIZE];
	unsigned char at[CANON_INTEGER_SIZE];

	canon_bytes(number, sequence);
	canon_bytes(at, event->at.us);
	const struct digest_part parts[] = {
		{number, sizeof(number)},
		{at, sizeof(at)},
		part_text(event->actor),
		part_text(event->actor_role),
		part_text(event->action),
		part_text(event->request_id),
		{event->detail_digest.bytes, DIGEST_SIZE},
		{previous->bytes, DIGEST_SIZE},
		{cover != NULL ? cover->state.bytes : NULL, DIGEST_SIZE},
		{cover != NULL && cover->recorded ? cover->record.bytes : NULL,
		 cover != NULL && cover->recorded ? DIGEST_SIZE : 0},
		part_text(event->policy_digest != NULL ? event->policy_digest : ""),
	};
	const size_t count = sizeof(parts) / sizeof(parts[0]);
	const size_t older = event->policy_digest == NULL ? 1 : 0;
	return digest_parts(parts, cover != NULL ? count - older : count - 3);
}

struct digest event_detail_digest(const unsigned char salt[16], const char *snapshot, size_t length)
{
	const struct digest_part parts[] = {{salt, 16}, {snapshot, length}};

	return digest_parts(parts, 2);
}
