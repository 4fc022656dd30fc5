// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QByteArray>
#include <QString>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
QT_END_NAMESPACE

namespace stagewright {

class Theme;

/// The beginning of one file of an image: as text, or as bytes. And a button that saves all of it.
class FilePreview : public QWidget
{
    Q_OBJECT
public:
    explicit FilePreview(const Theme &theme, QWidget *parent = nullptr);

    static constexpr qsizetype limit = 256 * 1024;   ///< Bytes that are asked for.
    static constexpr qsizetype hexLimit = 16 * 1024; ///< Bytes that are shown of what is no text.

    /// Nothing is chosen; @p hint says so.
    void clear(const QString &hint);
    /// A file is on its way. @p size of all of it, in bytes.
    void showLoading(const QString &path, std::uint64_t size);
    void showFile(const QByteArray &bytes);
    void showError(const QString &error);
    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] QString text() const;
    [[nodiscard]] QPushButton &saveButton() const { return *m_save; }

Q_SIGNALS:
    void saveRequested(const QString &path, quint64 bytes);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void applyTheme();
    void showPath();
    void showNote(const QString &note);
    void showHint(const QString &hint);

    const Theme &m_theme;
    QString m_path;
    std::uint64_t m_size = 0;
    QLabel *m_name = nullptr;
    QLabel *m_note = nullptr;
    QStackedWidget *m_pages = nullptr;
    QPlainTextEdit *m_text = nullptr;
    QLabel *m_hint = nullptr;
    QPushButton *m_save = nullptr;
};

} // namespace stagewright
