#include "app/engine/proxy_search.h"

#include <QMetaObject>
#include <QObject>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace tern::engine {

namespace {

struct Question {
    std::string server;
    std::uint16_t port = 0;
    ProxySearch::Done done; // of the event loop; empty: nobody waits any more
};

class Waiting final : public connection::Pending {
public:
    explicit Waiting(std::shared_ptr<Question> question)
        : m_question(std::move(question)) {}
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;
    ~Waiting() override { m_question->done = nullptr; }

private:
    std::shared_ptr<Question> m_question;
};

} // namespace

class ProxySearch::Worker {
public:
    explicit Worker(const LookUp& lookUp)
        : m_thread([this, lookUp] { run(lookUp); }) {}
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;
    ~Worker() {
        {
            const std::lock_guard guard(m_lock);
            m_ends = true;
        }
        m_changed.notify_one();
        m_thread.join();
    }
    void ask(const std::shared_ptr<Question>& question) {
        {
            const std::lock_guard guard(m_lock);
            m_questions.push_back(question);
        }
        m_changed.notify_one();
    }

private:
    // In the thread.
    void run(const LookUp& lookUp) {
        while (const auto question = next()) {
            auto found = std::make_shared<std::optional<Proxy>>(lookUp(question->server, question->port));
            QMetaObject::invokeMethod(
                &m_context,
                [question, found] {
                    if (const auto done = std::exchange(question->done, nullptr)) {
                        done(std::move(*found));
                    }
                },
                Qt::QueuedConnection);
        }
    }
    // Waits for one; nothing at the end.
    std::shared_ptr<Question> next() {
        std::unique_lock guard(m_lock);
        while (true) {
            m_changed.wait(guard, [this] { return m_ends || !m_questions.empty(); });
            if (m_ends) {
                return nullptr;
            }
            auto weak = std::move(m_questions.front());
            m_questions.pop_front();
            if (auto question = weak.lock()) {
                return question;
            }
        }
    }

    QObject m_context; // of the event loop
    std::mutex m_lock;
    std::condition_variable m_changed;
    std::deque<std::weak_ptr<Question>> m_questions; // that nobody waits for any more are gone
    bool m_ends = false;
    std::thread m_thread; // last: it uses all the others
};

ProxySearch::ProxySearch(LookUp lookUp)
    : m_lookUp(std::move(lookUp)) {}

ProxySearch::~ProxySearch() = default;

connection::PendingPtr ProxySearch::find(std::string server, std::uint16_t port, Done done) {
    if (!m_worker) {
        m_worker = std::make_unique<Worker>(m_lookUp);
    }
    auto question = std::make_shared<Question>(Question{std::move(server), port, std::move(done)});
    m_worker->ask(question);
    return std::make_unique<Waiting>(std::move(question));
}

} // namespace tern::engine
