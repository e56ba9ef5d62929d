#pragma once

// What the ports of recalls and of the tree of people run, once each (statements_test.cc).

#include "core/store.h"

namespace ostiary {

inline void TourRecalls(Work& work, const std::string& account) {
    for (const char* team : {"", "cleaning"}) work.accounts.ListBrought({"", team, "", 5});
    work.accounts.ListBrought({account, "", "", 5});
    Recall recall;
    recall.id = "recall";
    work.recalls.Add(recall);
    work.recalls.FindForUpdate(recall.id);
    work.recalls.Save(recall);
    work.recalls.List("", "", 5);
    work.recalls.AddItem(recall.id, {1, "", "", 2, ""});
    work.recalls.Settle(recall.id, {1, "", "", 2, "back"});
    work.recalls.ListItems(recall.id, 0, "", 5);
    work.recalls.Tally(recall.id);
    work.recalls.ListCodesOfBatch("batch", 0, 5);
    work.recalls.ListCodesIssuedBy(account, 0, 5);
    for (const RecallScope scope : {RecallScope::kCode, RecallScope::kBatch, RecallScope::kPerson})
        work.recalls.ListAccounts(scope, account, 0, "", 5);
    work.recalls.ListBranch(account, 5);
    work.recalls.CountBrought(account, "");
    work.recalls.CountLiveCodes(account, 0, 5);
}

}  // namespace ostiary
