#pragma once

// What the port of pulls runs, once each (statements_test.cc).

#include "core/store.h"

namespace ostiary {

inline void TourPulls(Work& work, const std::string& account) {
    Pull pull;
    pull.id = "pull";
    work.pulls.Add(pull);
    work.pulls.FindForUpdate(pull.id);
    work.pulls.FindInState(PullState::kFetching);
    work.pulls.ListDue(PullState::kFetching, 5);
    work.pulls.Claim(pull.id, "lease", 5, 10);
    work.pulls.Release(pull.id, "lease", 0);
    work.pulls.AddChanges(pull.id,
                          std::vector<PullChange>{{1, PullKind::kInvite, "", "{}", "", {}}});
    work.pulls.ListChanges(pull.id, 0, 5);
    work.pulls.ListChangesLeft(pull.id, 5);
    work.pulls.Settle(pull.id, {1, PullKind::kInvite, account, "{}", "done", {}});
    work.pulls.AddErrors(pull.id, std::vector<ImportError>{{2, 1, "role", "role.unknown", "Role"}});
    work.pulls.ListErrors(pull.id, 0, 0, 5);
    pull.state = PullState::kApplied;
    work.pulls.Save(pull);
    work.pulls.List("", 5);
    work.pulls.Supersede(pull.id, 5);
    work.pulls.PutPerson({"hash", account, "{}"});
    work.pulls.FindPerson("hash");
    work.pulls.FindPersonByScim(account);
    work.pulls.ListPeople("", 5);
    work.pulls.DeletePerson("hash");
    work.pulls.ErasePerson(account);
    Pull newer = pull;
    newer.id = "pull2";
    work.pulls.Add(newer);
    work.pulls.DeleteOld(5, 5);
}

}  // namespace ostiary
