namespace Dunning.Tests.Notices.Email;

/// <summary>The independent reader itself must see an injected mailbox.</summary>
public sealed class AddressHeaderTests
{
    [Theory]
    [InlineData(" ann@a.example", "", "ann@a.example")]
    [InlineData(" Ann Lee <ann@a.example>", "Ann Lee", "ann@a.example")]
    [InlineData(" \"Lee, Ann \\\"x\\\"\"\t<ann@a.example> ", "Lee, Ann \"x\"", "ann@a.example")]
    [InlineData(" =?utf-8?Q?S=C3=B8ren_?= =?utf-8?b?TGVl?= <s@a.example>", "Søren Lee", "s@a.example")]
    public void A_mailbox_has_a_name_and_an_address(string value, string name, string address) =>
        Assert.Equal((name, address), Assert.Single(AddressHeader.Read(value)));

    [Fact]
    public void An_injected_mailbox_is_seen() =>
        Assert.Equal(
            ["ceo@evil.example", "karl@nordwind.example"],
            AddressHeader
                .Read("\"CEO\" <ceo@evil.example>, \"y\" <karl@nordwind.example>")
                .Select(mailbox => mailbox.Address)
        );

    [Theory]
    [InlineData("\"Boss\", \"CEO\" <ceo@evil.example>")]
    [InlineData("Hotel \"Adler GmbH <a@a.example>")]
    [InlineData("a@a.example b@b.example")]
    [InlineData("Ann <a@a.example> x")]
    [InlineData("")]
    public void What_is_no_list_of_mailboxes_is_refused(string value) =>
        Assert.Throws<FormatException>(() => AddressHeader.Read(value));
}
