using Dunning.Notices.Email;

namespace Dunning.Tests.Notices.Email;

public static class OutgoingSamples
{
    public static readonly Guid OperationId = Guid.Parse("6f9b2d7e-7c55-5d0c-9d0e-3b1f0c2a9f11");

    public static readonly DateTimeOffset Now = DateTimeOffset.Parse(
        "2026-03-19T09:00:00Z",
        System.Globalization.CultureInfo.InvariantCulture
    );

    public static OutgoingEmail Mail =>
        new()
        {
            OperationId = OperationId,
            From = new("billing@fjordlys.example", "Fjordlys ApS"),
            To = [new("ana@nordwind.example", "Ana Søe")],
            Cc = [new("karl@nordwind.example")],
            ReplyTo = new("mette@fjordlys.example", "Mette Holm"),
            Text = new EmailText("Påmindelse: invoice 2026-0042", "<p>Hello Søren</p>", "Hello Søren", "en"),
            Headers = EmailHeaders.Create(
                new EmailIdentity(new Guid("11111111-1111-1111-1111-111111111111"), "c1"),
                new EmailText("", "", "", "en"),
                "fjordlys.example"
            ),
        };
}
