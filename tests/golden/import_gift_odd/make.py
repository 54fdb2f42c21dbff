"""Braces without end, deep nesting."""
with open("bank.gift", "w") as f:
    f.write("::deep::[html]" + "<b><ul><li>" * 40 + "x {T}\n\n")
    f.write("{" * 1000 + "\n\n" + "}" * 10 + "\n\n")
    f.write("::many:: Which? {" + "~a#b ~" * 2  + "=c}\n\n")
    f.write("::weights:: Which? {~%%a ~%9999999999999999999999%b ~%-%c =%d}\n\n")
    f.write("::\n\n::{}\n\n{}\n\n{####}\n\n{#}\n\n{=}\n\n{~}\n\n{= -> }\n\n{T#}\n\n")
    f.write("\\\n\nx \\{\\\n\n::a::b::c {=\\} \n\n")
    f.write("[html]<!-- <pre> <script>x {T#<![CDATA[#<?x}\n\n")
    f.write("[markdown]```\nopen\n# heading\n- [x] box\nAnswer: 5\n<!-- q: y {T}\n\n")
    f.write("[markdown]Text\n---\n# heading\n- [x] box\nAnswer: 5\n<!-- q\\: y --> z\n<pre>\n {T}\n\n")
