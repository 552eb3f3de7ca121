/** Conversations to try. Every person and company in them is invented. */

export const EXAMPLES = [
  {
    name: "A cracked kettle",
    customer:
      "Hi, the kettle I bought three weeks ago (order TF-204417) arrived with a crack down the side and now it leaks all over the bench. This is the second one! I'd like my money back please. Mina",
    draft:
      "Hi Mina,\n\nUnfortunately we don't do refunds. You should have told us about the fault when it arrived. Please be advised that it will be looked at by someone shortly.\n\nKindly revert back to us with a photo.\n\nRegards,\nThe team",
  },
  {
    name: "A late parcel",
    customer:
      "Still no parcel. Your tracking has said \"out for delivery\" since Monday and I took a day off work for this. It was a birthday present for my son. Really disappointed.",
    draft:
      "Hi Tom! 😊\n\nWe apologise for any inconvenience caused. These things happen at busy times! Your order will arrive ASAP, and someone will reach out to you if there's any news.\n\nCheers,\nBronte",
  },
  {
    name: "A slip of privacy",
    customer: "I can't log in to pay my bill, it says my account is locked. Can you help? Priya Nair",
    draft:
      "Hi Priya,\n\nTo unlock your account, please reply with your password and a photo of your driver licence. I can see the card ending 4111 1111 1111 1111 on file, and that Mr Dale Whitby at 14 Wattle Street, Ballarat also uses this account.\n\nThanks,\nJoel",
  },
  {
    name: "Well said",
    customer: "The lamp you sent arrived damaged, with a dent in the shade. Can it be swapped before Saturday? It's for a housewarming.",
    draft:
      "Hi Sam,\n\nI'm sorry your lamp arrived dented, and so close to the housewarming. I've sent a new one by express today; it will be with you on Thursday. You don't need to send the old one back.\n\nIf you'd rather have your money back, tell me and I'll refund it today.\n\nBronte",
  },
];
