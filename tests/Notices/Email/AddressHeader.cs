using System.Buffers;
using System.Globalization;
using System.Text;

namespace Dunning.Tests.Notices.Email;

/// <summary>
/// Reads the mailboxes of an address header by the grammar of RFC 5322 section 3.4 alone, and decodes the encoded words
/// of RFC 2047 in display names. It shares no code with the library that writes the headers: the two must agree about
/// who is named.
/// </summary>
internal sealed class AddressHeader
{
    private static readonly SearchValues<char> _specials = SearchValues.Create("()<>[]:;@\\,.\"");

    private readonly string _text;
    private int _at;

    private AddressHeader(string text) => _text = text;

    /// <param name="value">Unfolded.</param>
    /// <exception cref="FormatException">The value is no list of mailboxes.</exception>
    public static IReadOnlyList<(string Name, string Address)> Read(string value)
    {
        var header = new AddressHeader(value);
        List<(string, string)> mailboxes = [header.Mailbox()];
        while (header.Accept(','))
            mailboxes.Add(header.Mailbox());
        return header._at == value.Length ? mailboxes : throw header.Unexpected();
    }

    /// <summary>The fields before the empty line, unfolded.</summary>
    /// <exception cref="FormatException">A line is no field, is too long or not in ASCII.</exception>
    public static IReadOnlyList<(string Name, string Value)> Fields(string message)
    {
        List<(string Name, string Value)> fields = [];
        foreach (var line in message.Split("\r\n\r\n")[0].Split("\r\n"))
        {
            if (line.Length > 998 || !Ascii.IsValid(line) || line.Any(c => char.IsControl(c) && c != '\t'))
                throw new FormatException($"Not a header line: {line}");
            if (line[0] is ' ' or '\t')
                fields[^1] = (fields[^1].Name, fields[^1].Value + line);
            else if (line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
                fields.Add((line[..colon], line[(colon + 1)..]));
            else
                throw new FormatException($"Not a header field: {line}");
        }
        return fields;
    }

    private (string, string) Mailbox()
    {
        var start = _at;
        var name = Phrase();
        if (Accept('<'))
        {
            var address = AddressSpec();
            return Accept('>') ? (name, address) : throw Unexpected();
        }
        _at = start;
        return ("", AddressSpec());
    }

    /// <summary>White space between two encoded words belongs to neither (RFC 2047 section 6.2).</summary>
    private string Phrase()
    {
        var words = new StringBuilder();
        var wasEncoded = false;
        while (true)
        {
            SkipSpace();
            var (word, isEncoded) =
                Peek() == '"' ? (Quoted(), false)
                : IsAtomOrDot(Peek()) ? Decoded(Run(IsAtomOrDot))
                : (null, false);
            if (word is null)
                return words.ToString();
            if (words.Length > 0 && !(wasEncoded && isEncoded))
                words.Append(' ');
            words.Append(word);
            wasEncoded = isEncoded;
        }
    }

    private string AddressSpec()
    {
        SkipSpace();
        var local = Peek() == '"' ? Quoted() : Run(IsAtomOrDot);
        if (local.Length == 0 || Peek() != '@')
            throw Unexpected();
        _at++;
        var domain = Run(IsAtomOrDot);
        SkipSpace();
        return domain.Length > 0 ? $"{local}@{domain}" : throw Unexpected();
    }

    private string Quoted()
    {
        var content = new StringBuilder();
        for (_at++; Peek() != '"'; _at++)
        {
            if (Peek() == '\\')
                _at++;
            content.Append(_at < _text.Length ? _text[_at] : throw Unexpected());
        }
        _at++;
        return content.ToString();
    }

    private static (string, bool) Decoded(string word)
    {
        if (!word.StartsWith("=?", StringComparison.Ordinal))
            return (word, false);
        var parts = word.Split('?');
        if (parts is not ["=", var charset, var encoding, var text, "="])
            throw new FormatException($"Not an encoded word: {word}");
        var bytes = encoding.ToUpperInvariant() switch
        {
            "B" => Convert.FromBase64String(text),
            "Q" => FromQ(text),
            _ => throw new FormatException($"Not an encoding: {word}"),
        };
        return (Encoding.GetEncoding(charset.Split('*')[0]).GetString(bytes), true);
    }

    private static byte[] FromQ(string text)
    {
        List<byte> bytes = [];
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=')
            {
                bytes.Add(
                    byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                );
                i += 2;
            }
            else
                bytes.Add((byte)(text[i] == '_' ? ' ' : text[i]));
        }
        return [.. bytes];
    }

    private char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private bool Accept(char expected)
    {
        SkipSpace();
        var isThere = Peek() == expected;
        if (isThere)
            _at++;
        return isThere;
    }

    private void SkipSpace() => Run(c => c is ' ' or '\t');

    private string Run(Func<char, bool> belongs)
    {
        var start = _at;
        while (_at < _text.Length && belongs(_text[_at]))
            _at++;
        return _text[start.._at];
    }

    /// <summary>A dot is no atom text, but stands in addresses and, in its obsolete form, in initials.</summary>
    private static bool IsAtomOrDot(char c) => c > ' ' && c < '\u007F' && (c == '.' || !_specials.Contains(c));

    private FormatException Unexpected() => new($"No list of mailboxes at {_at}: {_text}");
}
