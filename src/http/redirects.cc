#include "http/redirects.h"

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace ostiary {
namespace {

constexpr std::size_t kLongest = 2000;

bool IsPlainLetter(char c) { return c > 0x20 && c < 0x7f && c != '\\'; }

}  // namespace

std::string SafeNext(std::string_view next) {
    const bool plausible = next.starts_with('/') && next.size() <= kLongest &&
                           std::ranges::all_of(next, IsPlainLetter);
    if (!plausible || next.starts_with("//")) return "/";
    const auto reference = boost::urls::parse_relative_ref({next.data(), next.size()});
    if (!reference || reference->has_authority()) return "/";
    return std::string(next);
}

}  // namespace ostiary
