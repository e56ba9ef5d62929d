#pragma once

// What a file would change. For core/pulls*.cc.

#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/pulls_rows.h"

namespace ostiary {

struct PullDiff {
    std::vector<PullChange> changes;  // with places, in the order of kinds
    std::vector<ImportError> errors;
    Pull counts;  // rows, wrong, unnamed, known, and how many of each kind
};

class PullComparison {
public:
    PullComparison(World& world, std::vector<PullRow> rows);
    // Calls `breathe` now and then; false: stop, and nothing comes of it.
    std::optional<PullDiff> Compare(const std::function<bool()>& breathe);

private:
    struct Member {
        std::string scim_id;
        PullWords said;
    };

    void LoadMembers();
    void CompareRow(Work&, PullRow&);
    void CompareKnown(Work&, PullRow&, const Member&);
    void CompareNew(Work&, PullRow&);
    void CompareAbsent(Work&, const std::string& hash, const Member&);
    void CheckReach(PullRow&, std::string_view role_now);
    void Add(PullKind, const std::string& scim_id, PullBody);
    PullDiff Finish();

    World& world_;
    const Millis now_;
    std::vector<PullRow> rows_;
    std::unordered_map<std::string, Member> members_;
    std::unordered_map<std::string, std::string> hash_of_;  // scim id → hash
    std::unordered_set<std::string> in_file_, replaced_;    // hashes
    std::vector<PullChange> changes_;
    std::int64_t known_ = 0, unnamed_ = 0;
};

// Whoever a body is about, as the directory knows them now.
std::optional<ScimPerson> FindPulled(Work&, std::string_view scim_id);
std::optional<ScimPerson> FindByAddress(Work&, std::string_view email);

}  // namespace ostiary
