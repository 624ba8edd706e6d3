#include "engine/shell/terminal.h"

#include <catch2/catch_test_macros.hpp>

#include "engine/shell/command_table.h"
#include "engine/shell/memory_files.h"
#include "engine/shell/tools/tool.h"

namespace kubetab::shell {
namespace {

// A terminal over virtual time, with a kubectl that says what it was given.
struct Desk {
    Desk() : files([this] { return now; }) {
        add_tools(table, ToolSet::Terminal);
        table.add(make_tool("kubectl", "", [](const auto& invocation) {
            return run_at_once(invocation, [](const sim::Invocation& words, sim::Io& io) {
                io.out("kubectl got " + std::to_string(words.words.size() - 1) + " words\n" +
                       io.read().value_or("-"));
                return 0;
            });
        }));
        (void)files.make_directories("/home/learner");
        TerminalOptions options;
        options.shell.commands = &table;
        options.shell.files = &files;
        options.shell.dialect = Dialect::Bash;
        options.shell.name = "bash";
        options.shell.directory = "/home/learner";
        options.shell.environment = {{"HOME", "/home/learner"}, {"USER", "learner"}};
        options.columns = 40;
        options.rows = 10;
        terminal = std::make_unique<Terminal>(options);
    }

    // Polls until nothing runs, jumping over the time in which nothing happens.
    void settle() {
        for (int i = 0; i < 1'000; ++i) {
            terminal->poll(now);
            if (!terminal->busy() || !terminal->wake()) return;
            now = std::max(now, *terminal->wake());
        }
    }
    void type(std::string_view text) { terminal->text(text); }
    void press(KeyCode code) { terminal->key({code, 0, false, false, false}); }
    void control(char32_t c) { terminal->key({KeyCode::Character, c, true, false, false}); }
    void enter(std::string_view text) {
        type(text);
        press(KeyCode::Enter);
        settle();
    }
    std::string screen() const { return terminal->all_text(); }
    std::string last_line() const { return terminal->line(terminal->line_count() - 1).text(); }

    sim::Instant now{1'735'689'600'000'000'000};
    MemoryFiles files;
    CommandTable table{};
    std::unique_ptr<Terminal> terminal;
};

TEST_CASE("the terminal shows prompt, command and output") {
    Desk desk;
    desk.enter("echo hi");
    CHECK(desk.screen() == "learner:~$ echo hi\nhi\nlearner:~$\n");
    desk.enter("mkdir d && cd d");
    CHECK(desk.last_line() == "learner:~/d$ ");
    desk.enter("nosuch");
    CHECK(desk.screen().find("\nnosuch: command not found\n") != std::string::npos);
}

TEST_CASE("a line is edited with Emacs keys") {
    struct Example {
        const char* keys;  // ^x is Control+x, < and > are Left and Right, # is Backspace
        const char* line;
    };
    const Example examples[] = {
        {"abc<<x", "axbc"}, {"abc^ax^ey", "xabcy"},          {"one two^w", "one "}, {"one two<<<^k", "one "},
        {"one two^u", ""},  {"one two^w^y^y", "one twotwo"}, {"ab##", ""},          {"äö<#", "ö"},
        {"ab^t", "ba"},
    };
    for (const Example& example : examples) {
        INFO(example.keys);
        Desk desk;
        const std::string keys = example.keys;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (keys[i] == '^') desk.control(static_cast<char32_t>(keys[++i]));
            else if (keys[i] == '<') desk.press(KeyCode::Left);
            else if (keys[i] == '#') desk.press(KeyCode::Backspace);
            else if ((static_cast<unsigned char>(keys[i]) & 0x80U) != 0) {
                desk.type(keys.substr(i, 2));
                ++i;
            } else {
                desk.type(keys.substr(i, 1));
            }
        }
        CHECK(desk.terminal->edited_line() == example.line);
    }
}

TEST_CASE("history comes back with Up and with Ctrl+R") {
    Desk desk;
    desk.enter("echo one");
    desk.enter("echo two");
    desk.type("draft");
    desk.press(KeyCode::Up);
    desk.press(KeyCode::Up);
    CHECK(desk.terminal->edited_line() == "echo one");
    desk.press(KeyCode::Down);
    desk.press(KeyCode::Down);
    CHECK(desk.terminal->edited_line() == "draft");
    desk.control('u');
    desk.control('r');
    desk.type("on");
    CHECK(desk.last_line() == "(reverse-i-search)`on': echo one");
    desk.press(KeyCode::Enter);
    desk.settle();
    CHECK(desk.screen().find("learner:~$ echo one\none\n") != std::string::npos);
    desk.enter("history 2");
    CHECK(desk.screen().find("    3  echo one\n    4  history 2\n") != std::string::npos);
}

TEST_CASE("Tab completes commands and files and lists what is ambiguous") {
    Desk desk;
    (void)desk.files.write("/home/learner/web-one.yaml", "x\n");
    (void)desk.files.write("/home/learner/web-two.yaml", "y\n");
    desk.type("kubec");
    desk.press(KeyCode::Tab);
    CHECK(desk.terminal->edited_line() == "kubectl ");
    desk.control('u');
    desk.type("cat w");
    desk.press(KeyCode::Tab);
    CHECK(desk.terminal->edited_line() == "cat web-");
    desk.press(KeyCode::Tab);
    desk.press(KeyCode::Tab);
    CHECK(desk.screen().find("web-one.yaml  web-two.yaml\n") != std::string::npos);
    desk.type("t");
    desk.press(KeyCode::Tab);
    CHECK(desk.terminal->edited_line() == "cat web-two.yaml ");
}

TEST_CASE("Tab offers files only where a command has nothing better to say") {
    struct Chooser : sim::Command {
        std::string_view name() const override { return "choose"; }
        std::string_view summary() const override { return ""; }
        std::unique_ptr<sim::Process> start(const sim::Invocation&) override { return nullptr; }
        std::vector<std::string> complete(const sim::Invocation& invocation) override {
            if (invocation.words.size() == 2) return {"one", "other"};
            return invocation.words.size() == 3 ? std::vector<std::string>{""} : std::vector<std::string>();
        }
    };
    Desk desk;
    desk.table.add(std::make_unique<Chooser>());
    (void)desk.files.write("/home/learner/web.yaml", "x\n");
    desk.type("choose on");
    desk.press(KeyCode::Tab);
    CHECK(desk.terminal->edited_line() == "choose one ");
    desk.type("w");
    desk.press(KeyCode::Tab);
    CHECK(desk.terminal->edited_line() == "choose one w");
    desk.type(" w");
    desk.press(KeyCode::Tab);
    CHECK(desk.terminal->edited_line() == "choose one w web.yaml ");
}

TEST_CASE("a pasted text runs line by line and goes on where a construct is open") {
    Desk desk;
    desk.terminal->paste("echo a\r\nfor i in 1 2\ndo echo $i\ndone\necho res");
    desk.settle();
    CHECK(desk.screen() ==
          "learner:~$ echo a\na\nlearner:~$ for i in 1 2\n> do echo $i\n> done\n1\n2\nlearner:~$ echo res\n");
    CHECK(desk.terminal->edited_line() == "echo res");
}

TEST_CASE("many pasted commands run a few in each poll, all at the same instant") {
    Desk desk;
    std::string text;
    for (int i = 0; i < 100; ++i) text += "echo line >> lines\n";
    desk.terminal->paste(text);
    desk.terminal->poll(desk.now);
    CHECK(desk.terminal->busy());
    REQUIRE(desk.terminal->wake());
    CHECK(*desk.terminal->wake() == desk.now);
    desk.settle();
    CHECK(desk.files.read("/home/learner/lines")->size() == 500);
}

TEST_CASE("a long paste is shown a part at a time, all at the same instant") {
    Desk desk;
    std::string text = "cat <<END | wc -l\n";
    for (int i = 0; i < 2000; ++i) text += "line " + std::to_string(i) + "\n";
    desk.terminal->paste(text + "END\necho after\n");
    desk.terminal->poll(desk.now);
    CHECK(desk.terminal->line_count() < 2000);
    CHECK(desk.terminal->busy());
    CHECK(desk.terminal->wake() == desk.now);
    desk.type("echo typed");
    desk.settle();
    CHECK(desk.screen().ends_with("> END\n2000\nlearner:~$ echo after\nafter\nlearner:~$ echo typed\n"));
    CHECK(desk.terminal->edited_line() == "echo typed");
}

TEST_CASE("a pasted here-document ends with its own delimiter only") {
    Desk desk;
    std::string body;
    for (int i = 0; i < 3000; ++i) body += "line " + std::to_string(i) + "\n\tEND of it\n ENDE\n";
    desk.terminal->paste("cat > one <<END; cat > two <<-'LAST'\n" + body + "END\n" +
                         "\tsecond\n\tLAST\necho after\n");
    desk.settle();
    CHECK(*desk.files.read("/home/learner/one") == body);
    CHECK(*desk.files.read("/home/learner/two") == "second\n");
    CHECK(desk.screen().ends_with("\nafter\nlearner:~$\n"));
    desk.terminal->paste("cat <<END\nhalf\n");
    desk.control('c');
    desk.enter("echo free");
    CHECK(desk.screen().ends_with("\nfree\nlearner:~$\n"));
}

TEST_CASE("a here-document asks for more lines, and a command reads what is typed") {
    Desk desk;
    desk.enter("cat <<EOF > f");
    CHECK(desk.last_line() == "> ");
    desk.enter("text");
    desk.enter("EOF");
    CHECK(*desk.files.read("/home/learner/f") == "text\n");
    desk.enter("cat > g");
    CHECK(desk.terminal->busy());
    desk.enter("typed");
    desk.control('d');
    desk.settle();
    CHECK(!desk.terminal->busy());
    CHECK(*desk.files.read("/home/learner/g") == "typed\n");
}

TEST_CASE("Ctrl+C abandons a line, and a command with exit code 130") {
    Desk desk;
    desk.type("half");
    desk.control('c');
    CHECK(desk.screen() == "learner:~$ half^C\nlearner:~$\n");
    desk.type("while true; do :; done");
    desk.press(KeyCode::Enter);
    desk.terminal->poll(desk.now);
    CHECK(desk.terminal->busy());
    desk.control('c');
    desk.settle();
    CHECK(!desk.terminal->busy());
    desk.enter("echo $?");
    CHECK(desk.screen().find("\n130\n") != std::string::npos);
}

TEST_CASE("a bare manifest is offered to kubectl") {
    Desk desk;
    const std::string manifest = "apiVersion: v1\nkind: Pod\n";
    desk.terminal->paste(manifest);
    CHECK(desk.screen().find("Apply this manifest? [Y/n]") != std::string::npos);
    desk.press(KeyCode::Enter);
    desk.settle();
    CHECK(*desk.files.read("/home/learner/pasted-1.yaml") == manifest);
    CHECK(desk.screen().find("kubectl got 3 words\n" + manifest) != std::string::npos);
    desk.terminal->paste(manifest);
    desk.enter("n");
    CHECK(!desk.files.stat("/home/learner/pasted-2.yaml").ok());
}

TEST_CASE("exit ends the shell, and Enter starts a new one") {
    Desk desk;
    desk.enter("exit 3");
    CHECK(desk.terminal->finished());
    CHECK(desk.terminal->exit_code() == 3);
    desk.press(KeyCode::Enter);
    CHECK(!desk.terminal->finished());
    desk.enter("echo new");
    CHECK(desk.screen().find("\nnew\n") != std::string::npos);
}

TEST_CASE("a line from the lesson runs and gives the edited line back") {
    Desk desk;
    desk.type("draft");
    desk.terminal->run_line("echo clicked");
    desk.settle();
    CHECK(desk.screen() == "learner:~$ echo clicked\nclicked\nlearner:~$ draft\n");
}

TEST_CASE("long lines wrap, and selection joins them again") {
    Desk desk;
    desk.enter("echo 0123456789012345678901234567890123456789ABCDEF");
    const std::string all = desk.screen();
    CHECK(all.find("0123456789012345678901234567890123456789ABCDEF\nlearner") != std::string::npos);
    desk.terminal->resize(100, 10);
    CHECK(desk.screen() == all);
}

TEST_CASE("background jobs report their end") {
    Desk desk;
    desk.enter("sleep 1 &");
    CHECK(desk.screen().find("[1] ") != std::string::npos);
    desk.now = desk.now + sim::seconds(2);
    desk.enter("true");
    INFO(desk.screen());
    CHECK(desk.screen().find("[1]+  Done                    sleep 1") != std::string::npos);
}

TEST_CASE("the screen understands colours and cursor movement") {
    Screen screen(20, 5, 100);
    screen.write("\x1b[1;31mred\x1b[0m plain\rR");
    CHECK(screen.line(0).text() == "Red plain");
    CHECK(screen.line(0).cells[1].style.bold);
    CHECK(screen.line(0).cells[1].style.foreground == Color{Color::Kind::Palette, 1});
    screen.write("\x1b[38;5;200mx\x1b[48;2;1;2;3my");
    CHECK(screen.line(0).cells[1].style.foreground == Color{Color::Kind::Palette, 200});
    CHECK(screen.line(0).cells[2].style.background == Color{Color::Kind::Rgb, 0x010203});
    screen.write("\x1b[2J\x1b[Htop\n\x1b[5;3Hlow\x1b[K");
    CHECK(screen.line(screen.top()).text() == "top");
    CHECK(screen.line(screen.top() + 4).text() == "  low");
    screen.write("\x1b[?1049h\x1b[Halt");
    CHECK(screen.line(0).text() == "alt");
    screen.write("\x1b[?1049l");
    CHECK(screen.line(screen.top()).text() == "top");
    screen.write("\xe2\x82");
    screen.write("\xac");
    CHECK(screen.line(screen.cursor_row()).text().find("\xe2\x82\xac") != std::string::npos);
}

TEST_CASE("the scrollback is bounded") {
    Screen screen(10, 4, 50);
    for (int i = 0; i < 500; ++i) screen.write(std::to_string(i) + "\n");
    CHECK(screen.line_count() == 54);
    CHECK(screen.line(screen.line_count() - 2).text() == "499");
}

}  // namespace
}  // namespace kubetab::shell
