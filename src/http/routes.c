/* SPDX-License-Identifier: Apache-2.0 */
#include "http/routes.h"

#define ROUTE(method, path, action, offers, endpoint) {method, path, action, offers, endpoint},
const struct route routes[] = {ROUTES(ROUTE)};
#undef ROUTE

const size_t route_count = sizeof(routes) / sizeof(routes[0]);
