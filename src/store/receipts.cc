#include "sql.h"
#include "store/ports.h"

namespace ostiary {
namespace {

class SqlReceipts final : public Receipts {
public:
    explicit SqlReceipts(Desk& desk) : desk_(desk) {}

    bool Claim(const Receipt& receipt, Millis forgotten) override {
        return desk_.Run(sql::kClaimReceipt, {receipt.key_hash, receipt.request_hash,
                                              receipt.made_at, receipt.claimed_until, forgotten}) >
               0;
    }

    std::optional<Receipt> Find(std::string_view key_hash) override {
        std::optional<Receipt> found;
        desk_.Run(sql::kFindReceipt, {key_hash}, [&](const Row& row) {
            Columns columns(row);
            Receipt& receipt = found.emplace();
            receipt.key_hash = columns.String();
            receipt.request_hash = columns.String();
            receipt.made_at = columns.Int();
            receipt.claimed_until = columns.Int();
            receipt.answer = columns.String();
        });
        return found;
    }

    void Settle(std::string_view key_hash, std::string_view answer) override {
        desk_.Run(sql::kSettleReceipt, {key_hash, answer});
    }

    void Release(std::string_view key_hash) override {
        desk_.Run(sql::kReleaseReceipt, {key_hash});
    }

    std::size_t DeleteMadeBefore(Millis then, std::size_t most) override {
        return static_cast<std::size_t>(desk_.Run(sql::kDeleteOldReceipts, {then, most}));
    }

private:
    Desk& desk_;
};

}  // namespace

std::unique_ptr<Receipts> ReceiptsAt(Desk& desk) { return std::make_unique<SqlReceipts>(desk); }

}  // namespace ostiary
