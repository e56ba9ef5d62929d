#pragma once

// Every statement about requests for invitations, once.

#include <gtest/gtest.h>

#include <string>

#include "core/store.h"

namespace ostiary {

inline void TourRequests(Work& work, const std::string& account_id) {
    InvitationRequest asked;
    asked.email = "Una@example.org";
    asked.id = work.requests.Add(asked, "una@example.org").value();
    EXPECT_FALSE(work.requests.Add(asked, "una@example.org")) << "one of an address is open";
    work.requests.AskAgain("una@example.org", 6);
    EXPECT_EQ(work.requests.Find(asked.id)->times_asked, 2);
    asked = *work.requests.FindForUpdate(asked.id);
    EXPECT_EQ(work.requests.CountOpen(CodeScope::All(), 5), 1);
    EXPECT_EQ(work.requests.CountOpen({false, "cleaning", ""}, 5), 0);
    EXPECT_EQ(work.requests.List({CodeScope::All()}).size(), 1u);
    asked.state = RequestState::kDeclined;
    asked.decided_at = 7;
    work.requests.Decide(asked);
    EXPECT_EQ(work.requests.List({CodeScope::All(), asked.state}).size(), 1u);
    work.requests.Erase(account_id);
    work.codes.LoadOf(account_id, 5);
    EXPECT_EQ(work.requests.DeleteDecided(8, 5), 1u);
}

}  // namespace ostiary
