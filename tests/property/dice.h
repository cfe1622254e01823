/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that a seed makes, the same on every machine. */
#ifndef AR_TEST_PROPERTY_DICE_H
#define AR_TEST_PROPERTY_DICE_H

#include <stddef.h>
#include <stdint.h>

struct dice {
	uint64_t state;
};

static inline size_t roll(struct dice *dice, size_t sides)
{
	dice->state = dice->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (size_t)(dice->state >> 33) % sides;
}

#endif
