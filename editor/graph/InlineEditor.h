// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QPlainTextEdit>

#include <functional>

namespace stagewright {

class Theme;

/// A field over a row or a name, for editing in place. Return takes the text (Ctrl+Return in several lines),
/// Escape does not, leaving it does. Deletes itself.
class InlineEditor : public QPlainTextEdit
{
    Q_OBJECT
public:
    struct Setup
    {
        QString text;
        int selectFrom = 0;    ///< UTF-16 positions of what is selected at first.
        int selectLength = -1; ///< -1: to the end.
        bool multiLine = false;
        bool mono = true;
        QString name; ///< For assistive technology.
        /// Takes the text; answers why not, in words, or nothing when all is well.
        std::function<QString(const QString &)> accept;
        std::function<void()> reject;
    };

    /// @p rect is where the edited thing is on the parent; @p scale how big a scene unit is.
    InlineEditor(const Theme &theme, Setup setup, QRect rect, double scale, QWidget *parent);

    void accept();
    void reject();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void insertFromMimeData(const QMimeData *source) override;

private:
    void fitHeight();
    const Theme &m_theme;
    Setup m_setup;
    int m_minimumHeight = 0;
    bool m_done = false;
};

} // namespace stagewright
