// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The Stagewright authors
#pragma once

#include <QWidget>

#include <cstdint>
#include <functional>
#include <vector>

QT_BEGIN_NAMESPACE
class QHBoxLayout;
class QLabel;
QT_END_NAMESPACE

namespace stagewright {

class Theme;

/// A line above a document that says something and offers what to do; instead of a dialog that stops everything.
class MessageBar : public QWidget
{
    Q_OBJECT
public:
    enum class Level : std::uint8_t { Note, Warning, Error };
    struct Button
    {
        QString text;
        std::function<void()> action; ///< The bar closes first.
        bool primary = false;
    };
    MessageBar(const Theme &theme, Level level, const QString &text, std::vector<Button> buttons, bool closable,
               QWidget *parent = nullptr);
    [[nodiscard]] QString text() const;
    [[nodiscard]] Level level() const { return m_level; }

Q_SIGNALS:
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Level m_level;
    QLabel *m_text = nullptr;
};

/// The bars of one document, one for each subject.
class MessageBars : public QWidget
{
    Q_OBJECT
public:
    /// What a bar is about; a new bar replaces the old one of the same subject.
    enum class Subject : std::uint8_t { Disk, ReadOnly, Save, Recovery, Open, Edit, Configuration, Build };
    explicit MessageBars(const Theme &theme, QWidget *parent = nullptr);

    MessageBar *show(Subject subject, MessageBar::Level level, const QString &text,
                     std::vector<MessageBar::Button> buttons = {}, bool closable = true);
    void hide(Subject subject);
    [[nodiscard]] MessageBar *bar(Subject subject) const;

private:
    const Theme &m_theme;
    std::vector<std::pair<Subject, MessageBar *>> m_bars;
};

} // namespace stagewright
