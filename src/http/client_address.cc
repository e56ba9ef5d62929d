#include "http/client_address.h"

#include <algorithm>

#include "util/log.h"
#include "util/text.h"

namespace ostiary {
namespace {

constexpr int kMappedBits = 96;  // ::ffff:0:0/96 holds the IPv4 addresses

bool AgreeIn(const AddressBytes& a, const AddressBytes& b, int bits) {
    for (int i = 0; i < bits; ++i) {
        const auto mask = static_cast<std::uint8_t>(0x80 >> (i % 8));
        const auto byte = static_cast<std::size_t>(i / 8);
        if (((a[byte] ^ b[byte]) & mask) != 0) return false;
    }
    return true;
}

// "192.0.2.1:1234" and "[2001:db8::1]:443" as some proxies write them.
std::string_view WithoutPort(std::string_view entry) {
    if (entry.starts_with('[')) return entry.substr(1, std::min(entry.find(']'), entry.size()) - 1);
    const auto colon = entry.find(':');
    const bool is_one_colon =
        colon != std::string_view::npos && entry.find(':', colon + 1) == std::string_view::npos;
    return is_one_colon ? entry.substr(0, colon) : entry;
}

std::vector<std::string> ForwardedFor(const Request& request) {
    std::vector<std::string> entries;
    for (const auto& [name, value] : request.headers) {
        if (name != "x-forwarded-for") continue;
        for (auto& entry : SplitList(value, ',')) entries.push_back(std::move(entry));
    }
    return entries;
}

}  // namespace

std::string NeighbourhoodOf(std::string_view address) {
    if (address.find(':') == std::string_view::npos) return std::string(address);
    auto bytes = ParseAddress(address);
    if (!bytes) return std::string(address);
    std::fill(bytes->begin() + 8, bytes->end(), 0);
    return FormatAddress(*bytes) + "/64";
}

TrustedProxies::TrustedProxies(const std::vector<std::string>& configured) {
    for (const std::string& entry : configured) {
        const auto slash = entry.find('/');
        const auto base = ParseAddress(Trim(std::string_view(entry).substr(0, slash)));
        const bool is_v4 = entry.find(':') == std::string::npos;
        const int all = is_v4 ? 32 : 128;
        const auto bits = slash == std::string::npos
                              ? all
                              : ParseInt(std::string_view(entry).substr(slash + 1)).value_or(-1);
        if (!base || bits < 0 || bits > all) {
            log::Warn("http", "trusted_proxies: not an address or a block: " + entry);
            continue;
        }
        blocks_.push_back({*base, static_cast<int>(bits) + (is_v4 ? kMappedBits : 0)});
    }
}

bool TrustedProxies::Trusts(std::string_view address) const {
    if (blocks_.empty()) return false;
    const auto bytes = ParseAddress(address);
    if (!bytes) return false;
    for (const Block& block : blocks_)
        if (AgreeIn(*bytes, block.base, block.bits)) return true;
    return false;
}

std::string TrustedProxies::ClientOf(const Request& request, std::string_view peer) const {
    std::string client(peer);
    if (!Trusts(client)) return client;
    auto entries = ForwardedFor(request);
    while (!entries.empty() && Trusts(client)) {
        const std::string_view entry = WithoutPort(entries.back());
        if (!ParseAddress(entry)) break;
        client = entry;
        entries.pop_back();
    }
    return client;
}

}  // namespace ostiary
