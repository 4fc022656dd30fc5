// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#include "engine/ImageReader.h"

#include "engine/EngineCall.h"
#include "engine/ImageArchive.h"

#include <QElapsedTimer>
#include <QMetaObject>
#include <QProcess>

#include <algorithm>
#include <functional>
#include <utility>

namespace stagewright::engine {

using namespace Qt::StringLiterals;

namespace {

constexpr int pollTime = 50;      // ms between looks at the flag while nothing comes
constexpr int progressTime = 100; // ms
constexpr int endTime = 10'000;   // ms for the engine to end after its last byte

} // namespace

/// What the thread needs; shared, so that it may outlive a caller that went away.
struct ImageReader::Task
{
    Engine engine;
    QString image;
    QString path; ///< "" for everything.
    qsizetype limit = 0;
    std::atomic_bool stop = false;
    std::function<void(qint64)> progress; ///< Called in the thread.
    std::expected<ImageContents, QString> contents;
    std::expected<std::optional<QByteArray>, QString> file;
};

namespace {

/// The engine's `save` as a source of bytes. Lives in one thread.
class SaveStream
{
public:
    SaveStream(const Engine &engine, const QString &image, std::atomic_bool &stop, std::function<void(qint64)> progress)
        : m_stop(stop)
        , m_progress(std::move(progress))
    {
        m_process.setStandardInputFile(QProcess::nullDevice());
        m_process.start(engine.program, saveArguments(engine, image), QIODevice::ReadOnly);
        m_started = m_process.waitForStarted();
        m_clock.start();
    }
    ~SaveStream()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.kill();
        m_process.waitForFinished(endTime);
    }
    [[nodiscard]] bool started() const { return m_started; }
    std::ptrdiff_t read(std::span<char> buffer)
    {
        while (!m_stop) {
            const qint64 size = m_process.read(buffer.data(), qint64(buffer.size()));
            if (size > 0) {
                m_bytes += size;
                if (m_clock.elapsed() >= progressTime) {
                    m_clock.restart();
                    m_progress(m_bytes);
                }
                return size;
            }
            if (m_process.state() == QProcess::NotRunning)
                return m_process.bytesAvailable() > 0                                             ? read(buffer)
                    : m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0 ? 0
                                                                                                  : -1;
            m_process.waitForReadyRead(pollTime);
        }
        return -1;
    }
    /// Why the engine gave up; "" when it did not.
    [[nodiscard]] QString error()
    {
        if (m_stop)
            return {};
        if (!m_process.waitForFinished(endTime) && m_process.state() != QProcess::NotRunning)
            return {};
        if (m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0)
            return {};
        const QString words = lastWords(m_process.readAllStandardError());
        return words.isEmpty() ? u"the engine stopped in the middle"_s : words;
    }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }

private:
    QProcess m_process;
    std::atomic_bool &m_stop;
    std::function<void(qint64)> m_progress;
    QElapsedTimer m_clock;
    qint64 m_bytes = 0;
    bool m_started = false;
};

} // namespace

ImageReader::ImageReader(Engine engine, QObject *parent)
    : QObject(parent)
    , m_engine(std::move(engine))
    , m_contents(std::unexpected(QString()))
    , m_file(std::unexpected(QString()))
{
}

ImageReader::~ImageReader()
{
    if (m_task)
        m_task->stop = true;
    if (m_thread)
        m_thread->wait();
}

void ImageReader::start(const QString &image)
{
    auto task = std::make_shared<Task>();
    task->image = image;
    run(std::move(task));
}

void ImageReader::extract(const QString &image, const QString &path, qsizetype limit)
{
    auto task = std::make_shared<Task>();
    task->image = image;
    task->path = path;
    task->limit = limit;
    run(std::move(task));
}

std::expected<ImageContents, QString> ImageReader::takeContents()
{
    return std::exchange(m_contents, ImageContents());
}

void ImageReader::cancel()
{
    if (m_task)
        m_task->stop = true;
}

void ImageReader::run(std::shared_ptr<Task> task)
{
    Q_ASSERT(!m_running);
    m_running = true;
    if (m_thread)
        m_thread->wait();
    task->engine = m_engine;
    task->contents = std::unexpected(QString());
    task->file = std::unexpected(QString());
    task->progress = [this](qint64 bytes) {
        QMetaObject::invokeMethod(this, [this, bytes] { Q_EMIT progressed(bytes); }, Qt::QueuedConnection);
    };
    m_task = task;
    m_thread.reset(QThread::create([task] {
        QString failure;
        if (saveArguments(task->engine, task->image).isEmpty()) {
            failure = tr("%1 cannot write an image to a pipe.").arg(engineName(task->engine.kind));
        } else {
            SaveStream stream(task->engine, task->image, task->stop, task->progress);
            const ByteSource source = [&stream](std::span<char> buffer) { return stream.read(buffer); };
            if (!stream.started()) {
                failure = tr("%1 could not be started.").arg(task->engine.program);
            } else if (task->path.isEmpty()) {
                if (auto contents = readImageArchive(source))
                    task->contents = std::move(*contents);
                else
                    failure = QString::fromStdString(contents.error());
            } else if (auto file = readFileOfImage(source, task->path.toStdString(), std::size_t(task->limit))) {
                task->file = file->has_value() ? std::optional(QByteArray::fromStdString(**file)) : std::nullopt;
            } else {
                failure = QString::fromStdString(file.error());
            }
            // What the engine says is the reason; a cut archive is only what follows from it.
            if (const QString words = failure.isEmpty() ? QString() : stream.error(); !words.isEmpty())
                failure = words;
            task->progress(stream.bytes());
        }
        if (task->stop)
            failure = tr("It was cancelled.");
        if (!failure.isEmpty()) {
            task->contents = std::unexpected(failure);
            task->file = std::unexpected(failure);
        }
    }));
    connect(m_thread.get(), &QThread::finished, this, [this, task] {
        m_running = false;
        m_contents = std::move(task->contents);
        m_file = std::move(task->file);
        if (task->path.isEmpty())
            Q_EMIT read();
        else
            Q_EMIT extracted();
    });
    m_thread->start();
}

} // namespace stagewright::engine
