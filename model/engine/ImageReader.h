// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include "engine/Engine.h"
#include "engine/ImageContents.h"

#include <QByteArray>
#include <QObject>
#include <QString>
#include <QThread>

#include <atomic>
#include <expected>
#include <memory>
#include <optional>

namespace stagewright::engine {

/// Runs the engine's `save` and reads what it writes as a stream, on a thread of its own: nothing is written to
/// disk, nothing blocks. One task at a time.
class ImageReader : public QObject
{
    Q_OBJECT
public:
    explicit ImageReader(Engine engine, QObject *parent = nullptr);
    ~ImageReader() override; ///< Cancels and waits for the thread.

    /// Everything in the image; read() follows.
    void start(const QString &image);
    /// One file as a container sees it, at most @p limit bytes; extracted() follows.
    void extract(const QString &image, const QString &path, qsizetype limit = DefaultLimit);
    void cancel(); ///< read() or extracted() still follows, with an error.
    [[nodiscard]] bool isRunning() const { return m_running; }

    /// After read(): what is in it, or a sentence.
    [[nodiscard]] const std::expected<ImageContents, QString> &contents() const { return m_contents; }
    /// The same, given away: contents() is empty behind it. A big image takes hundreds of megabytes.
    [[nodiscard]] std::expected<ImageContents, QString> takeContents();
    /// After extracted(): the file, nullopt when the image has none there, or a sentence.
    [[nodiscard]] const std::expected<std::optional<QByteArray>, QString> &file() const { return m_file; }

    static constexpr qsizetype DefaultLimit = qsizetype(64) << 20; ///< Bytes.

Q_SIGNALS:
    void progressed(qint64 bytes); ///< Of the archive, at most every 100 ms; its length is not known before the end.
    void read();
    void extracted();

private:
    struct Task;
    void run(std::shared_ptr<Task> task);

    Engine m_engine;
    std::unique_ptr<QThread> m_thread;
    std::shared_ptr<Task> m_task;
    std::expected<ImageContents, QString> m_contents;
    std::expected<std::optional<QByteArray>, QString> m_file;
    bool m_running = false;
};

} // namespace stagewright::engine
