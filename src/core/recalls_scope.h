#pragma once

// What a recall is of: reading what was asked, walking through the codes and accounts it reaches,
// and what of them it leaves alone.

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/recalls.h"

namespace ostiary {

// Every wrong field at once. The subject is still as it was typed.
Result<Recall> RecallOf(const World&, const Actor&, const RecallAsked&);

struct RecallSubject {
    std::string name;        // as events and pages call it; empty: it is gone
    std::string account_id;  // of a person
    CodeId code_id = 0;      // of one code
};
// Finds it within what the actor may see, and puts its id into the recall.
Result<RecallSubject> FindSubject(World&, const Actor&, const CodeScope&, const RecallAsked&,
                                  Recall&);
RecallSubject SubjectOf(Work&, const Recall&);  // of one that is stored

// What would become of it: whether it is left alone, and why.
RecallItem CodeItem(const Code&, Millis now);
RecallItem AccountItem(const Actor&, const Account&, Millis now);

// Through the ids of everything a recall reaches, so many at a time.
class RecallWalk {
public:
    RecallWalk(World& world, const Recall& recall) : world_(world), recall_(recall) {}

    Result<void> EachCode(std::size_t together,
                          const std::function<Result<void>(std::span<const CodeId>)>&);
    Result<void> EachAccount(std::size_t together,
                             const std::function<Result<void>(std::span<const std::string>)>&);

private:
    std::vector<std::string> Issuers();

    World& world_;
    const Recall& recall_;
};

}  // namespace ostiary
