#include "outbox/http_client.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <map>
#include <mutex>
#include <optional>

#include "util/addresses.h"
#include "util/failure.h"

namespace ostiary::outbox {
namespace {

constexpr long kConnectTimeoutMs = 5'000, kTimeoutMs = 15'000;
constexpr std::size_t kKept = 1024;
constexpr std::size_t kMostRead = 64 * 1024;  // whoever answers more has answered
constexpr long kKeptConnections = 32;

struct Transfer {
    HttpPost post;
    bool is_get = false;
    std::size_t most_kept = kKept, most_read = kMostRead;
    long timeout_ms = kTimeoutMs;
    PrivateAddresses private_addresses = PrivateAddresses::kRefused;
    curl_slist* headers = nullptr;
    std::string kept;
    std::size_t read = 0;
    std::string refused;  // the private address it led to
    char trouble[CURL_ERROR_SIZE] = {};

    ~Transfer() { curl_slist_free_all(headers); }
};

std::optional<AddressBytes> BytesOf(const curl_sockaddr& address) {
    const void* bytes = nullptr;
    if (address.family == AF_INET)
        bytes = &reinterpret_cast<const sockaddr_in*>(&address.addr)->sin_addr;
    if (address.family == AF_INET6)
        bytes = &reinterpret_cast<const sockaddr_in6*>(&address.addr)->sin6_addr;
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (!bytes || !inet_ntop(address.family, bytes, text.data(), text.size())) return std::nullopt;
    return ParseAddress(text.data());
}

// Called with the address that will really be connected to, whatever its name was and however often
// it was asked for.
curl_socket_t OpenSocket(void* context, curlsocktype, curl_sockaddr* address) {
    auto& transfer = *static_cast<Transfer*>(context);
    const auto bytes = BytesOf(*address);
    if (!bytes) return CURL_SOCKET_BAD;  // no internet protocol
    if (transfer.private_addresses == PrivateAddresses::kRefused && !IsPublicAddress(*bytes)) {
        transfer.refused = FormatAddress(*bytes);
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t Receive(char* data, std::size_t, std::size_t size, void* context) {
    auto& transfer = *static_cast<Transfer*>(context);
    transfer.kept.append(data, std::min(size, transfer.most_kept - transfer.kept.size()));
    transfer.read += size;
    return transfer.read > transfer.most_read ? 0 : size;  // 0 ends it
}

template <class Value>
void Set(CURL* curl, CURLoption option, Value value) {
    if (curl_easy_setopt(curl, option, value) != CURLE_OK)
        throw WorldFailure("libcurl does not know how to send this");
}

void Prepare(CURL* curl, Transfer& transfer) {
    for (const auto& [name, value] : transfer.post.headers)
        transfer.headers = curl_slist_append(transfer.headers, (name + ": " + value).c_str());
    transfer.headers = curl_slist_append(transfer.headers, "Expect:");  // just send it
    Set(curl, CURLOPT_PRIVATE, &transfer);
    Set(curl, CURLOPT_ERRORBUFFER, transfer.trouble);
    Set(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    Set(curl, CURLOPT_URL, transfer.post.url.c_str());
    Set(curl, CURLOPT_HTTPHEADER, transfer.headers);
    Set(curl, CURLOPT_USERAGENT, "Ostiary");
    if (transfer.is_get) {
        Set(curl, CURLOPT_HTTPGET, 1L);
    } else {
        Set(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(transfer.post.body.size()));
        Set(curl, CURLOPT_POSTFIELDS, transfer.post.body.data());
    }
    Set(curl, CURLOPT_FOLLOWLOCATION, 0L);
    Set(curl, CURLOPT_PROXY, "");  // whatever the environment says
    Set(curl, CURLOPT_NOPROXY, "*");
    Set(curl, CURLOPT_NOSIGNAL, 1L);
    Set(curl, CURLOPT_QUICK_EXIT, 1L);  // no waiting for a slow resolver
    Set(curl, CURLOPT_CONNECTTIMEOUT_MS, kConnectTimeoutMs);
    Set(curl, CURLOPT_TIMEOUT_MS, transfer.timeout_ms);
    Set(curl, CURLOPT_OPENSOCKETFUNCTION, &OpenSocket);
    Set(curl, CURLOPT_OPENSOCKETDATA, &transfer);
    Set(curl, CURLOPT_WRITEFUNCTION, &Receive);
    Set(curl, CURLOPT_WRITEDATA, &transfer);
}

HttpAnswer AnswerOf(CURL* curl, Transfer& transfer, CURLcode code) {
    HttpAnswer answer;
    answer.id = transfer.post.id;
    const bool is_cut = code == CURLE_WRITE_ERROR && transfer.read > transfer.most_read;
    if (is_cut && transfer.is_get) {
        answer.failure = fmt::format("it is larger than {} MiB", transfer.most_read >> 20U);
    } else if (code == CURLE_OK || is_cut) {
        long status = 0;
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        answer.status = static_cast<int>(status);
        answer.body = std::move(transfer.kept);
    } else if (!transfer.refused.empty()) {
        answer.failure = "it leads to the private address " + transfer.refused;
    } else {
        answer.failure = transfer.trouble[0] != '\0' ? transfer.trouble : curl_easy_strerror(code);
    }
    return answer;
}

void InitializeOnce() {
    static std::once_flag once;
    std::call_once(once, [] {
        if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
            throw WorldFailure("libcurl does not start");
    });
}

}  // namespace

struct HttpClient::State {
    PrivateAddresses private_addresses;
    CURLM* multi = nullptr;
    std::map<CURL*, std::unique_ptr<Transfer>> under_way;

    void Begin(std::unique_ptr<Transfer> begun) {
        CURL* curl = curl_easy_init();
        if (curl == nullptr) throw WorldFailure("libcurl has no memory");
        Transfer& transfer = *under_way.emplace(curl, std::move(begun)).first->second;
        transfer.private_addresses = private_addresses;
        Prepare(curl, transfer);
        curl_multi_add_handle(multi, curl);
    }
    void End(CURL* curl) {
        curl_multi_remove_handle(multi, curl);
        curl_easy_cleanup(curl);
        under_way.erase(curl);
    }
};

HttpClient::HttpClient(PrivateAddresses private_addresses) : state_(std::make_unique<State>()) {
    InitializeOnce();
    state_->private_addresses = private_addresses;
    state_->multi = curl_multi_init();
    if (state_->multi == nullptr) throw WorldFailure("libcurl has no memory");
    curl_multi_setopt(state_->multi, CURLMOPT_MAXCONNECTS, kKeptConnections);
}

HttpClient::~HttpClient() {
    while (!state_->under_way.empty()) state_->End(state_->under_way.begin()->first);
    curl_multi_cleanup(state_->multi);
}

void HttpClient::Start(HttpPost post) {
    auto transfer = std::make_unique<Transfer>();
    transfer->post = std::move(post);
    state_->Begin(std::move(transfer));
}

void HttpClient::Start(HttpGet get) {
    auto transfer = std::make_unique<Transfer>();
    transfer->post = {get.id, std::move(get.url), std::move(get.headers), {}};
    transfer->is_get = true;
    transfer->most_kept = transfer->most_read = get.most_bytes;
    transfer->timeout_ms = static_cast<long>(get.most_time.count());
    state_->Begin(std::move(transfer));
}

std::vector<HttpAnswer> HttpClient::Wait(std::chrono::milliseconds most) {
    int running = 0, left = 0;
    curl_multi_poll(state_->multi, nullptr, 0, static_cast<int>(most.count()), nullptr);
    curl_multi_perform(state_->multi, &running);
    std::vector<HttpAnswer> answers;
    while (const CURLMsg* message = curl_multi_info_read(state_->multi, &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        CURL* curl = message->easy_handle;
        answers.push_back(AnswerOf(curl, *state_->under_way.at(curl), message->data.result));
        state_->End(curl);
    }
    return answers;
}

void HttpClient::WakeUp() { curl_multi_wakeup(state_->multi); }

}  // namespace ostiary::outbox
