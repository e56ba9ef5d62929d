#include "store/codes_fragments.h"

#include <algorithm>
#include <cstdint>

#include "sql.h"
#include "store/codes_rows.h"

namespace ostiary {
namespace {

constexpr std::int64_t kMostFound = 1000;  // of those that share the rarest fragment, the newest

// 32 bits: three letters of 33 make 36,000 fragments, more bits would tell nothing more and take
// room.
constexpr std::size_t kHashBytes = 4;

std::int64_t FragmentHash(const Vault& vault, std::string_view fragment) {
    const auto bytes = FromBase64Url(vault.Hash(Purpose::kFragment, fragment));
    std::uint32_t hash = 0;
    for (std::size_t i = 0; i < kHashBytes; ++i)
        hash = hash << 8 | static_cast<std::uint8_t>((*bytes)[i]);
    return static_cast<std::int32_t>(hash);
}

std::vector<std::int64_t> FragmentsOf(const Vault& vault, std::string_view text) {
    std::vector<std::int64_t> hashes;
    for (std::size_t i = 0; i + kFragmentLength <= text.size(); ++i)
        hashes.push_back(FragmentHash(vault, text.substr(i, kFragmentLength)));
    std::sort(hashes.begin(), hashes.end());
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    return hashes;
}

}  // namespace

void AddFragments(Desk& desk, CodeId id, std::string_view normalized) {
    const auto hashes = FragmentsOf(desk.vault, normalized);
    if (!hashes.empty()) desk.Run(sql::kAddCodeFragments, {id, hashes});
}

void AddFragmentsOfAll(Desk& desk, const std::vector<CodeId>& ids,
                       const std::vector<std::string_view>& normalized) {
    if (!desk.IsPostgres()) {
        for (std::size_t i = 0; i < ids.size(); ++i) AddFragments(desk, ids[i], normalized[i]);
        return;
    }
    std::vector<std::int64_t> hashes, codes;
    for (std::size_t i = 0; i < ids.size(); ++i)
        for (const std::int64_t hash : FragmentsOf(desk.vault, normalized[i]))
            hashes.push_back(hash), codes.push_back(ids[i]);
    if (!hashes.empty()) desk.Run(sql::kAddFragmentsOfAll, {hashes, codes});
}

void RemoveFragments(Desk& desk, CodeId id, std::string_view normalized) {
    const auto hashes = FragmentsOf(desk.vault, normalized);
    if (!hashes.empty()) desk.Run(sql::kRemoveCodeFragments, {id, hashes});
}

std::vector<CodeId> FindByFragment(Desk& desk, std::string_view normalized,
                                   const std::function<bool(const Code&)>& may_find) {
    std::vector<CodeId> found;
    const auto hashes = FragmentsOf(desk.vault, normalized);
    if (hashes.empty()) return found;
    std::int64_t rarest = 0;
    desk.Run(sql::kFindRarestFragment, {hashes, kMostFound},
             [&](const Row& row) { rarest = row.Int(0); });
    desk.Run(sql::kFindCodesByFragments, {rarest, hashes, hashes.size(), kMostFound},
             [&](const Row& row) {
                 Columns columns(row);
                 const Code code = ReadCode(desk, columns);
                 // The fragments may stand apart in it, or only their hashes be alike.
                 if (code.code.find(normalized) == std::string::npos) return;
                 if (!may_find || may_find(code)) found.push_back(code.id);
             });
    return found;
}

}  // namespace ostiary
