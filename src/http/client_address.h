#pragma once

// Who really asks, when proxies stand before us.

#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"
#include "util/addresses.h"

namespace ostiary {

// The addresses that share one limit: an IPv4 address itself, an IPv6 address by its /64.
std::string NeighbourhoodOf(std::string_view address);

class TrustedProxies {
public:
    // Addresses or CIDR blocks; one that is neither is left out and logged.
    explicit TrustedProxies(const std::vector<std::string>& configured);

    bool Trusts(std::string_view address) const;
    // X-Forwarded-For read from its right end, as long as whoever added an entry is trusted.
    std::string ClientOf(const Request&, std::string_view peer) const;

private:
    struct Block {
        AddressBytes base;
        int bits;
    };
    std::vector<Block> blocks_;
};

}  // namespace ostiary
